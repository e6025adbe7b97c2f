/** A package as an archive in the build context. */
export const wheel = "vendor/speller-0.3.0-py3-none-any.whl";

/** A command that puts it there. */
export const copyWheel = "mkdir -p vendor && cp /usr/share/own-wheels/speller-*.whl vendor/";
