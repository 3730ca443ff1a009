#!/usr/bin/env bash
# fuzz.sh SECONDS: builds the fuzz targets (test/fuzz) with the sanitizers and runs each for that long. Corpora stay in
# build-fuzz/corpus between runs; an input that crashes is left in build-fuzz/crashes.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
seconds=${1:-60}
[ -f build-fuzz/build.ninja ] || cmake -S . -B build-fuzz -G Ninja -DCMAKE_BUILD_TYPE=Sanitize -DKRAIT_FUZZ=ON
ninja -C build-fuzz krait_fuzz
mkdir -p build-fuzz/crashes
failed=0
for target in build-fuzz/bin/krait_fuzz_*; do
  [ -x "$target" ] || continue
  name=$(basename "$target")
  mkdir -p "build-fuzz/corpus/$name"
  echo "== $name"
  "$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -artifact_prefix="build-fuzz/crashes/$name-" \
    -print_final_stats=1 "build-fuzz/corpus/$name" 2>&1 | tail -n 8 || failed=1
done
exit $failed
