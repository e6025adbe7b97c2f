import type { Reference } from "../dockerfile/index.ts";

/** A Linux distribution, or what stands in its place. */
export type DistributionName =
  | "almalinux"
  | "alpine"
  | "amazonlinux"
  | "azurelinux"
  | "busybox"
  | "centos"
  | "centos-stream"
  | "debian"
  | "fedora"
  | "oraclelinux"
  | "rhel"
  | "rockylinux"
  | "ubuntu"
  | "windows";

/** `none` where nothing is linked at run time, as in an image for static programs. */
export type CLibrary = "glibc" | "musl" | "uclibc" | "none";

export type PackageManager = "apt" | "apk" | "dnf" | "microdnf" | "yum" | "tdnf";

export interface Distribution {
  readonly name: DistributionName;
  /** As releases are counted, codenames translated: `12`, `22.04`; undefined where the tag leaves it open. */
  readonly version: string | undefined;
}

/** Something with releases that an image holds. */
export interface Content {
  /** The name of its family or distribution: `node`, `debian`. */
  readonly product: string;
  /** As the tag has it: `20`, `3.12.1`, `8u312`. */
  readonly version: string;
}

/** What is known of an image by its name and tag alone. */
export interface KnownBase {
  readonly reference: Reference;
  readonly family: Family;
  /** Of what the family is named after; undefined where the tag leaves it open, as `latest` and `alpine` do. */
  readonly version: string | undefined;
  readonly distribution: Distribution | undefined;
  readonly libc: CLibrary | undefined;
  /** Undefined where there is none, or where nobody knows. */
  readonly packageManager: PackageManager | undefined;
  /** Whom a container runs as where no USER says otherwise; undefined where that depends on the tag in a way that is not known. */
  readonly user: string | undefined;
  /** Has nothing but what a program of its kind needs to run: `-slim`, `-minimal`. */
  readonly isSlim: boolean;
  /** Words of the tag beside the version, in their order, as written: `fpm`, `slim`, `bookworm`. */
  readonly words: readonly string[];
  /** All that has a version in the tag: Node.js and Debian for `node:20-bookworm`. */
  readonly contents: readonly Content[];
}

/** Images that one project publishes under one name. */
export interface Family {
  readonly name: string;
  /** For people: `Node.js`. */
  readonly title: string;
  /**
   * What it stands on where the tag does not say: one for all its versions, or pairs of a major version and what it is since then, in
   * their order. Absent where that is not known.
   */
  readonly distribution?: DistributionName | readonly (readonly [since: number, name: DistributionName])[];
  /** Of all its tags that name no distribution; absent where the distribution always says it. */
  readonly libc?: CLibrary;
  /** Absent where it is root. */
  readonly user?: string | "unknown";
  /** What a tag looks like that names one release, so that only a rebuild moves it. */
  readonly release?: RegExp;
  /** Words of tags that mean a version: `iron` is Node.js 20. */
  readonly codenames?: Readonly<Record<string, string>>;
}
