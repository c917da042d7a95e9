#!/usr/bin/env bash
# Mutation testing of InvoicePayments.Domain: changes its code bit by bit and counts the changes that no test minds.
#
#   bash tests/mutate.sh            a few minutes on two cores
#   bash tests/mutate.sh 4          with four processes at once; two are used when nothing is said
#   bash tests/mutate.sh parity     per row of docs/parity.md the changes that its tests notice and fewest others: StrykerOutput/rows.txt, in 25 minutes
#
# Stryker makes the changes, all of them at once and each behind a switch; tests/InvoicePayments.Mutants switches them on one by one and
# runs the tests that reach them. What survived is left in StrykerOutput/survived.txt; what is known to survive is listed with its reason
# in docs/mutation.md.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD workers=${1:-2} project=InvoicePayments.Domain out=$PWD/StrykerOutput
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Every change repeats the tests that reach it, so the property tests try few values, and the fuzzer feeds its good input alone.
export INVOICEPAYMENTS_PROPERTY_TESTS=${INVOICEPAYMENTS_PROPERTY_TESTS:-4} INVOICEPAYMENTS_FUZZ_SECONDS=0
rm -rf "$out" && mkdir -p "$out/bin"
dotnet build -c Release -v q "tests/$project.Tests" || exit 1
dotnet build -c Release -v q tests/InvoicePayments.Mutants -o "$out/mutants" || exit 1
cp -r "tests/$project.Tests/bin/Release/net10.0/." "$out/bin"

# On a copy, and with one test: Stryker is only to make the changes. It takes the changed assembly away when it ends, so that it is taken before.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- | tar --extract --directory "$copy"
cd "$copy/tests/$project.Tests" && find . -name '*.cs' -delete && dotnet tool restore || exit 1
echo 'namespace InvoicePayments.Tests; public sealed class One { [Fact] public void Is() => Assert.Equal(1, Money.FromMinorUnits(1, Currency.EUR).MinorUnits); }' > One.cs
RunAnalyzers=false dotnet stryker --mutate '**/*.cs' --mutate '!**/IsoCurrencyTable.cs' --output "$out" > "$out/run.log" 2>&1 &
stryker=$!
while kill -0 $stryker 2> /dev/null; do
  changed=bin/Release/net10.0/$project.dll
  if [ -f "$changed" ] && grep -q MutantControl "$changed"; then cp "$changed" "$out/changed.dll"; fi
  sleep 1
done
report=$out/reports/mutation-report.json
{ [ -f "$report" ] && mv "$out/changed.dll" "$out/bin/$project.dll"; } || { echo "Stryker made no changes, see $out/run.log." >&2; exit 1; }

cd "$root"
if [ "$workers" = parity ]; then
  # The runner stands beside the tests, where they look for their files.
  dotnet build -c Release -v q tests/InvoicePayments.Tests || exit 1
  cp -r tests/InvoicePayments.Tests/bin/Release/net10.0 "$out/parity" && cp -r "$out/mutants/." "$out/parity" && cp "$out/bin/$project.dll" "$out/parity"
  # A change that never ends, or ends the process, is left out; the next process goes on after it.
  touch "$out/rows"
  until tried=$(wc -l < "$out/rows"); "$out/parity/InvoicePayments.Mutants" parity "$out/parity" "$report" $project "$out/rows" > "$out/rows.log" 2>&1; do
    [ "$(wc -l < "$out/rows")" -gt "$tried" ] || { echo "Nothing was tried, see $out/rows.log." >&2; exit 1; }
  done
  "$out/parity/InvoicePayments.Mutants" rows "$report" $project "$out/rows" > "$out/rows.txt"
  exit
fi
mutants=("$out/mutants/InvoicePayments.Mutants")
for worker in $(seq 0 $((workers - 1))); do
  # A change that never ends, or ends the process, counts as noticed; the next process goes on after it.
  (for _ in $(seq 100); do "${mutants[@]}" try "$out/bin" "$report" $project "$out/results.$worker" "$worker" "$workers" > "$out/worker.$worker.log" 2>&1
    case $? in 0) break ;; 4) grep -a 'fails without any change' "$out/worker.$worker.log" >&2; break ;; esac; done) &
done
wait
# What no test reaches may have been computed once, before the first test: those start with a process of their own.
for id in $("${mutants[@]}" missing "$report" $project "$out"/results.*); do
  timeout 120 "${mutants[@]}" once "$out/bin" "$report" $project "$out/results.once" "$id" > /dev/null 2>&1 || printf '%s\tnoticed\tends the process\n' "$id" >> "$out/results.once"
done
"${mutants[@]}" sum "$report" $project "$out"/results.* > "$out/survived.txt"
grep '^|' "$out/survived.txt"
