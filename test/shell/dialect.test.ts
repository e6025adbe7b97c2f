import { describe, expect, test } from "vitest";
import { dialectOf, shellOptionsOf } from "../../src/shell/index.ts";

describe("the dialect of /bin/sh", () => {
  test.each([
    ["alpine:3.20", "ash"],
    ["node:20-alpine3.19", "ash"],
    ["docker.io/library/busybox", "ash"],
    ["mhart/alpine-node:16", "ash"],
    ["debian:bookworm-slim", "dash"],
    ["ubuntu", "dash"],
    ["node:20", "dash"],
    ["python:3.12-slim@sha256:0000", "dash"],
    ["localhost:5000/team/ubuntu:22.04", "dash"],
    ["centos:7", "bash"],
    ["registry.access.redhat.com/ubi9/ubi-minimal:9.4", "bash"],
    ["amazonlinux:2023", "bash"],
    ["opensuse/leap:15", "bash"],
    ["archlinux", "bash"],
    ["eclipse-temurin:21-ubi9-minimal", "bash"],
    ["team/base:1", "sh"],
    ["search:1", "sh"],
    [undefined, "sh"],
    ["mcr.microsoft.com/windows/servercore:ltsc2022", "windows"],
    ["mcr.microsoft.com/windows/nanoserver:1809", "windows"],
    ["python:3.12-windowsservercore-1809", "windows"],
  ] as const)("on %s is %s", (base, dialect) => {
    expect(dialectOf(base)).toBe(dialect);
  });
});

describe("SHELL", () => {
  test.each([
    [["/bin/bash", "-c"], "bash"],
    [["/bin/bash", "-euxo", "pipefail", "-c"], "bash"],
    [["/usr/bin/env", "bash", "-c"], "bash"],
    [["/bin/ash", "-eo", "pipefail", "-c"], "ash"],
    [["/bin/sh", "-c"], "dash"],
    [["cmd", "/S", "/C"], "windows"],
    [["powershell.exe", "-Command"], "windows"],
    [["C:\\Program Files\\PowerShell\\pwsh.exe", "-c"], "windows"],
    [["/usr/bin/pwsh", "-c"], "windows"],
    [["/bin/zsh", "-c"], "unknown"],
    [["python3", "-c"], "unknown"],
    [[], "unknown"],
  ] as const)("%j is %s", (words, dialect) => {
    expect(dialectOf("debian:12", words)).toBe(dialect);
  });

  test("without -c takes a file, not a script", () => {
    expect(dialectOf("debian:12", ["/bin/bash"])).toBe("unknown");
  });

  test("of a login shell reads files of the image first", () => {
    expect(dialectOf("debian:12", ["/bin/bash", "-l", "-c"])).toBe("unknown");
    expect(dialectOf("debian:12", ["/bin/bash", "-lc"])).toBe("unknown");
  });

  test("gives options, in letters and by name", () => {
    expect(shellOptionsOf(["/bin/bash", "-euxo", "pipefail", "-c"])).toEqual({
      errexit: true,
      nounset: true,
      pipefail: true,
      xtrace: true,
    });
    expect(shellOptionsOf(["/bin/bash", "-o", "errexit", "-c"]).errexit).toBe(true);
    expect(shellOptionsOf()).toEqual({ errexit: false, nounset: false, pipefail: false, xtrace: false });
  });
});
