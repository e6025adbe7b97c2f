/** Runs `one` for each of `items`, so many at once, in their order; stops where one throws. */
export async function forEachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  one: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      await one(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
