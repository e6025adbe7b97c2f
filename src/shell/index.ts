/** A RUN's script: its commands, its dialect, what escapes it, and how scripts join. */
export { chainOf, isOfCommands, type Pipeline, pipelinesOf, type Sequence, sequenceOf } from "./chain.ts";
export { ENGINE_FILES } from "./container.ts";
export { isDaemon } from "./daemons.ts";
export { DEFAULT_SHELL, dialectOf, NO_OPTIONS, shellOptionsOf } from "./dialect.ts";
export { escapesOf, NOWHERE } from "./escapes.ts";
export { afterCommand, folderBefore, valuesIn } from "./folders.ts";
export { allCommands, filesRunBy } from "./handed.ts";
export { type Blocked, type Join, Joint, joinedText, joinScripts, type Part } from "./join.ts";
export { baseName, innerWords } from "./nested.ts";
export { parseScript } from "./parse.ts";
export { BUILTINS } from "./remembered.ts";
export { treeOf } from "./tree.ts";
export type * from "./types.ts";
export { textOrPatternOf } from "./values.ts";
export { isFilledIn, NO_VARIABLES, type Variables } from "./variables.ts";
