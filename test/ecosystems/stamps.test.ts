/** Names that say which build this is. ADR 0011. */
import { expect, test } from "vitest";
import { isCommitStamp, isStamp } from "../../src/ecosystems/index.ts";

const words = (text: string) => text.trim().split(/\s+/);

test.each(
  words(`GIT_SHA GIT_COMMIT GIT_HASH COMMIT COMMIT_SHA COMMIT_HASH GIT_COMMIT_SHA VCS_REF VCS_URL SOURCE_COMMIT SOURCE_BRANCH BUILD_DATE
    BUILD_TIME BUILD_TIMESTAMP git_sha SHORT_SHA APP_COMMIT ARG_BUILD_DATE GIT_BRANCH GIT_TAG BUILD_COMMIT BDATE`),
)("%s is a commit or a date, for everybody", (name) => {
  expect([isCommitStamp(name), isStamp(name)]).toEqual([true, true]);
});

test.each(
  words(`VERSION APP_VERSION RELEASE REVISION BUILD_NUMBER BUILD_ID IMAGE_TAG DOCKER_TAG BRANCH CI_COMMIT_SHA CI_PIPELINE_ID GITHUB_SHA
    GITHUB_RUN_NUMBER CIRCLE_SHA1 BUILD_VERSION DATE`),
)("%s may be asked for by build scripts of dependencies", (name) => {
  expect([isCommitStamp(name), isStamp(name)]).toEqual([false, true]);
});

test.each(
  words(`SOURCE_DATE_EPOCH CI NODE_VERSION PYTHON_VERSION DEBIAN_FRONTEND HTTP_PROXY https_proxy TZ LANG PATH HOME NODE_ENV RUN_USER GITHUB_TOKEN
    CI_JOB_TOKEN GIT_AUTHOR_DATE GIT_COMMITTER_DATE GIT_SSH_COMMAND GIT_DIR REFRESHED_AT CACHE_DATE CACHEBUST GIT_VERSION DOCKER_VERSION TARGETARCH
    JAVA_RELEASE npm_config_tag BUILD_ARGS`),
)("%s is none", (name) => {
  expect([isCommitStamp(name), isStamp(name)]).toEqual([false, false]);
});
