namespace Letters.Core;
