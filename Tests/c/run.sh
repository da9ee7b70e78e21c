#!/bin/sh
# usage: run.sh LIBRARY
# A program in C and in C++ against the header: what it prints, and that it leaves nothing behind.
set -eu
library=$(realpath "$1")
cd "$(dirname "$0")"
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
expected='level is "nearly", not one of "exact", "near", "copy", "event"
0 0 2'
for compiler in 'gcc -std=c11' 'g++ -std=c++17 -x c++'; do
  $compiler -Wall -Wextra -Werror -pedantic -I ../../Sources/CDedup/include cluster.c -x none "$library" -o "$build/cluster"
  found=$(LD_LIBRARY_PATH=$(dirname "$library") "$build/cluster")
  [ "$found" = "$expected" ] || { echo "$compiler: $found" >&2; exit 1; }
done
echo 'the C door opens from C and C++'
