#!/bin/sh
# Runs check.c on this machine and, on x86, on an emulated ARM: all kernels must give the same bits.
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
for source in $kernels/*.c Tests/neon/check.c; do
  "$cc" --target=aarch64-linux-gnu $flags -isystem "$root/headers" -isystem /usr/aarch64-linux-gnu/include \
    -c "$source" -o "$root/$(basename "$source" .c).o"
done
aarch64-linux-gnu-gcc -static "$root"/*.o "$root/usr/lib/aarch64-linux-gnu/libutf8proc.a" -o "$build/check-arm64"
qemu-aarch64 "$build/check-arm64" > "$build/arm64.txt"
diff "$build/native.txt" "$build/arm64.txt"
echo "neon gives the same bits as the kernels of this machine"
