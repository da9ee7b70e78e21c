#!/bin/sh
# usage: run.sh address|thread [short]
# Runs suites in a build with a sanitizer: those that touch C and pointers under the address sanitizer (C also under
# that of undefined behaviour), those with threads under the thread sanitizer; then the command on the sample dump.
# `short` takes what is done in a minute. Suites are regular expressions over "target.suite/test".
set -eu
cd "$(dirname "$0")/../.."
swift=${SWIFT:-swift}

# No processes of their own, which get no environment, and none whose memory is limited: a sanitizer asks for terabytes.
skip='dedupTests|ShortMemoryTests'
case $1${2:+ $2} in
  address) suites=. ;;
  'address short')
    export DEDUP_TESTS=ArrowTests,ShingleTests,TablesTests,ColumnsTests,RecordsTests,PageTests,InputsTests,MinHashTests
    DEDUP_TESTS=$DEDUP_TESTS,EventTests,IndexTests,KernelTests
    suites='ArrowTests|ShingleTests|TablesTests|ColumnsTests|RecordsTests|PageTests'
    suites="$suites|InputsTests\.(Archive|DirtyInput|Fields|InputSet)Tests"
    suites="$suites|MinHashTests\.BucketsTests|EventTests\.(Background|TermBag)Tests|IndexTests\.GapCodeTests"
    suites="$suites|SetTests/(intersections|nothing|overlaps|positionsBelow|samples|shingles)|TokeniseTests/capacity" ;;
  thread) suites='(Columns|Copy|DedupKit|Event|Filter|Inputs|Page|Records|Workers)Tests|UnicodeTests' ;;
  'thread short')
    export DEDUP_TESTS=WorkersTests,InputsTests,ColumnsTests,PageTests,DedupKitTests
    suites='WorkersTests|InputSetTests|ColumnsTests|PageTests|PipelineTests/threadsDecideNothing' ;;
  *) sed -n '2s/# //p' "$0" >&2; exit 64 ;;
esac

if [ "$1" = address ]; then
  build=.build-asan
  flags='-Xcc -O1 -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined -Xcc -fno-sanitize=vptr'
  export UBSAN_OPTIONS=print_stacktrace=1
else
  build=.build-tsan
  flags='-Xcc -O1'
  mkdir -p $build
  ${CLANG:-clang} -shared -fPIC -O1 Tests/sanitizers/mutex.c -o $build/mutex.so
  export TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/Tests/sanitizers/thread.supp"
fi

# XCTest, of which there is no test, leaks.
$swift build --build-tests --sanitize "$1" --scratch-path $build $flags
[ "$1" = thread ] && export LD_PRELOAD="$PWD/$build/mutex.so"
$swift test --skip-build --disable-xctest --sanitize "$1" --scratch-path $build $flags --filter "$suites" --skip "$skip"
$build/debug/dedup cluster corpora/sample/stories.jsonl --threads 4 --html $build/page.html -o $build/result.jsonl
