export default () => <h1>Shop</h1>;
