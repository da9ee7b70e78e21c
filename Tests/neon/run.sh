#!/bin/sh
# Runs check.c on this machine and, on x86, on an emulated ARM: all kernels must give the same bits. And the fuzz targets
# of kernels and sets on the ARM, from their seeds and ROUNDS (500) of random changes of each.
#
# Needs clang, gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user. utf8proc for ARM is fetched
# into the build folder with an apt state of its own: nothing of the system changes.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-$PWD/.build-neon}
kernels=Sources/CDedupKernels
cc=${CC:-clang}
flags="-std=gnu11 -O2 -Wall -Wextra -Werror -Wno-nullability-completeness -I $kernels/include"
mkdir -p "$build"

"$cc" $flags $kernels/*.c Tests/neon/check.c -lutf8proc -o "$build/check-native"
"$build/check-native" > "$build/native.txt"
cat "$build/native.txt"
[ "$(uname -m)" = x86_64 ] || exit 0

for tool in aarch64-linux-gnu-gcc qemu-aarch64; do
  command -v $tool > /dev/null && continue
  echo "$tool is missing: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user" >&2
  exit 1
done

root=$build/arm64
if [ ! -e "$root/usr/lib/aarch64-linux-gnu/libutf8proc.a" ]; then
  apt=$build/apt
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$root"
  : > "$apt/state/status"
  options="-qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User="
  options="$options -o Dir::State=$apt/state -o Dir::State::status=$apt/state/status -o Dir::Cache=$apt/cache"
  apt-get $options update
  (cd "$apt" && apt-get $options download libutf8proc-dev)
  dpkg -x "$apt"/libutf8proc-dev_*_arm64.deb "$root"
  rm -rf "$apt"
fi

# The headers of utf8proc and xxHash are the same on both; they are copied to keep /usr/include out of the way.
mkdir -p "$root/headers"
cp /usr/include/utf8proc.h /usr/include/xxhash.h "$root/headers"
# compile SOURCE NAME
compile() {
  "$cc" --target=aarch64-linux-gnu $flags -isystem "$root/headers" -isystem /usr/aarch64-linux-gnu/include \
    -c "$1" -o "$root/$2.o"
}
for source in $kernels/*.c Tests/neon/check.c; do compile "$source" "$(basename "$source" .c)"; done
for name in kernels sets drive; do compile Fuzzing/C/$name.c fuzz-$name; done
# link MAIN OBJECT... : with the kernels.
link() {
  made=$build/$1-arm64
  shift
  aarch64-linux-gnu-gcc -static "$@" $kernel_objects "$root/usr/lib/aarch64-linux-gnu/libutf8proc.a" -o "$made"
}
kernel_objects=$(for source in $kernels/*.c; do echo "$root/$(basename "$source" .c).o"; done)
link check "$root/check.o"
qemu-aarch64 "$build/check-arm64" > "$build/arm64.txt"
diff "$build/native.txt" "$build/arm64.txt"
echo "neon gives the same bits as the kernels of this machine"

python3 Fuzzing/seeds.py "$build/seeds"
for target in kernels sets; do
  link $target "$root/fuzz-$target.o" "$root/fuzz-drive.o"
  set -- "$build/seeds/$target"/*
  qemu-aarch64 "$build/$target-arm64" "${ROUNDS:-500}" "$@"
  echo "$target: ${ROUNDS:-500} changes of each of $# seeds"
done
