#!/bin/sh
# usage: run.sh SECONDS [TARGET ...]
# Builds the targets with libFuzzer and the sanitizers of addresses and undefined behaviour, and runs each for so long:
# three quarters of it on short inputs. With FAST=1 without sanitizers, whose promises alone are held, many times as often.
# What is found along the way is kept in .build-fuzz/corpus; an input that breaks a promise in .build-fuzz/findings.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-10}
[ $# -gt 0 ] && shift
build=.build-fuzz
cc=${CLANG:-clang}
cxx=${CLANGXX:-$cc++}
flags='-g -Wall -Wextra -Werror -fno-sanitize-recover=undefined -fno-sanitize=vptr -Wno-nullability-completeness'
fuzzed="$flags -O1 -fsanitize=fuzzer-no-link,address,undefined"
linked="-fuse-ld=lld -fsanitize=fuzzer,address,undefined"
made=$build
if [ "${FAST:-}" ]; then
  made=$build/fast
  fuzzed="$flags -O2 -fsanitize=fuzzer-no-link"
  linked="-fuse-ld=lld -fsanitize=fuzzer"
fi
mkdir -p $build/findings $made
# Where memory was taken is told by two frames: Swift takes much of it, and to keep more is most of the time. What is
# given back is kept from use for a while, not for the 256 MB that no cache holds.
export ASAN_OPTIONS="${ASAN_OPTIONS:-malloc_context_size=2:quarantine_size_mb=4:thread_local_quarantine_size_kb=64}"

# objects ROOM: of a room of Sources in C or C++.
objects() {
  mkdir -p $made/objects
  for source in Sources/"$1"/*.c Sources/"$1"/*.cpp; do
    [ -e "$source" ] || continue
    object=$made/objects/$1-$(basename "$source").o
    if [ ! -e "$object" ] || [ -n "$(find Sources/"$1" -newer "$object" -type f)" ]; then
      case $source in
        *.cpp) $cxx -std=c++17 $fuzzed -I "Sources/$1/include" -c "$source" -o "$object" ;;
        *) $cc -std=gnu11 $fuzzed -I "Sources/$1/include" -c "$source" -o "$object" ;;
      esac
    fi
    echo "$object"
  done
}

# target NAME ROOM LIBRARY ...
target() {
  name=$1 room=$2
  shift 2
  parts=$(objects "$room")
  $cc -std=gnu11 $fuzzed -I "Sources/$room/include" -c "Fuzzing/C/$name.c" -o "$made/objects/$name.o"
  $cxx $linked $parts "$made/objects/$name.o" "$@" -o "$made/$name"
}

# swift_targets: one program for all of them.
swift_targets() {
  sanitized='--sanitize address -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined -Xcc -fno-sanitize=vptr'
  [ "${FAST:-}" ] && sanitized=
  (cd Fuzzing && ${SWIFT:-swift} build -q --sanitize fuzzer -c release --product Fuzz \
    --scratch-path "../$made/swift" $sanitized 2>&1 | { grep -v 'gold: warning' || :; })
  for one in passages pipeline dumps; do
    printf '#!/bin/sh\nDEDUP_FUZZ=%s exec "$(dirname "$0")/swift/release/Fuzz" "$@"\n' $one > $made/$one
    chmod +x $made/$one
  done
}

# run NAME LENGTH [OPTION]: LENGTH is that of the longest input in bytes, "SHORT/LONG" where short ones say as much.
run() {
  mkdir -p "$build/corpus/$1" "$build/seeds/$1"
  log=$build/$1.log
  : > "$log"
  for length in $(echo "$2" | tr / ' '); do
    time=$seconds
    [ "$length" = "$2" ] || time=$((length < 1000 ? seconds - seconds / 4 : seconds / 4 + 1))
    if ! "$made/$1" "$build/corpus/$1" "$build/seeds/$1" -max_total_time="$time" -max_len="$length" -timeout=20 \
      -rss_limit_mb=4096 -artifact_prefix="$build/findings/$1-" -print_final_stats=1 ${3:-} >> "$log" 2>&1; then
      grep -vE '^#[0-9]' "$log" | tail -n 40
      echo "$1: broke a promise; the input is in $build/findings, and \`$made/$1 FILE\` runs it again" >&2
      failed=1
    fi
  done
  awk -v name="$1" -v seconds="$seconds" '/^#[0-9]+/ { for (i = 2; i < NF; i++) if ($i == "cov:" && $(i + 1) > cov) cov = $(i + 1) }
    /number_of_executed_units/ { n += $2 }
    END { printf "%-8s %12d executions %8d /s   cov %5d\n", name, n, n / (seconds + 1), cov }' "$log"
}

python3 Fuzzing/seeds.py $build/seeds
failed=
for name in ${*:-kernels sets json archive}; do
  case $name in
    kernels) target kernels CDedupKernels -lutf8proc; run kernels 256/5000 ;;
    sets) target sets CDedupKernels -lutf8proc; run sets 256/5000 ;;
    json) target json CSimdjson -lsimdjson; run json 256/2000 "-dict=Fuzzing/json.dict" ;;
    archive) target archive CArchive -larchive -lz; run archive 3000 ;;
    passages | pipeline) swift_targets; run $name 1500 ;;
    dumps) swift_targets; run dumps 1500 "-dict=Fuzzing/json.dict" ;;
    *) echo "no target is called $name" >&2; exit 64 ;;
  esac
done
[ -z "$failed" ]
