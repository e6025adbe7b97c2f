/** The package databases of a file's base images, as far as somebody asked them. */
import { type PackageDatabase, questionText } from "../ecosystems/index.ts";
import type { Facts } from "./types.ts";

/** An image of the file may be asked for without the digest that the file pins it to. */
export function packageDatabaseOf({ stages, packages }: Facts): PackageDatabase {
  const images = stages.flatMap(({ base }) => (base.kind === "image" ? (base.reference ?? []) : []));
  return ({ base, ...question }) => {
    const image = images.find((each) => plain(each) === plain(base));
    const answer = image === undefined ? undefined : packages.get(questionText({ ...question, base: image }));
    return answer && "names" in answer ? answer.names : undefined;
  };
}

function plain(image: string): string {
  return image.replace(/@.*/, "");
}
