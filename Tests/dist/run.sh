#!/usr/bin/env bash
# usage: run.sh [SUITE...]
# Installs what `make dist` made into bare roots of Debian (11, 12 and 13) and uses it there: the package by apt, then the
# tarball by itself. Answers must be those of the binary of this machine, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/../.."
dist=.build/dist
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -1)
inputs=$dist/inputs
rm -rf $inputs && mkdir -p $inputs

# Formats and encodings that take a library each, and one the system's own tables.
sample=corpora/sample/stories.jsonl
cp $sample $inputs/stories.jsonl
for tool in gzip bzip2 xz zstd; do
  $tool -c <(split -n l/1/4 $sample) >"$inputs/part.jsonl.$tool"
done
mv $inputs/part.jsonl.gzip $inputs/part.jsonl.gz
mv $inputs/part.jsonl.bzip2 $inputs/part.jsonl.bz2
mv $inputs/part.jsonl.zstd $inputs/part.jsonl.zst
printf 'Порт открылся снова в понедельник после девяти дней ремонта.\n' | iconv -t windows-1251 >$inputs/port.txt

# use BINARY FOLDER
use() {
  (
    cd "$2"
    "$1" cluster . --encoding windows-1251 -q --format jsonl 2>&1
    "$1" filter stories.jsonl -q | sha256sum
    "$1" index create i >/dev/null && "$1" index add i stories.jsonl -q && "$1" index check i -q
    rm -r i
    DEDUP_KERNEL=all "$1" cluster stories.jsonl 2>&1 || true  # names the kernels
  )
}
use "$(realpath .build/release/dedup)" $inputs >$dist/expected

[ $# -gt 0 ] || set -- bullseye bookworm trixie
mkdir -p $dist/roots  # debootstrap goes there first
for suite in "$@"; do
  root=$dist/roots/$suite
  [ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase "$suite" "$root" "$mirror" >/dev/null
  rm -rf "$root/try" && mkdir "$root/try"
  cp -r $inputs $dist/dedup-*.tar.gz $dist/dedup_*.deb "$root/try/"
  declare -f use >"$root/try/use"
  mount -t proc proc "$root/proc"
  trap 'umount "$root/proc"' EXIT
  chroot "$root" bash -ec 'cd /try; apt-get -qq install -y ./dedup_*.deb >/dev/null 2>apt.log || { cat apt.log; exit 1; }
    . ./use; use dedup inputs >package.out; dpkg -L dedup | grep -c . >files; apt-get -qq remove -y dedup >/dev/null 2>&1
    tar -xzf dedup-*.tar.gz; use /try/dedup-*/bin/dedup inputs >tarball.out'
  umount "$root/proc"
  trap - EXIT
  cmp $dist/expected "$root/try/package.out"
  cmp $dist/expected "$root/try/tarball.out"
  echo "Debian $(cat "$root/etc/debian_version"): package ($(cat "$root/try/files") files) and tarball answer as here"
  rm -rf "$root/try"
done
