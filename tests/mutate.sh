#!/usr/bin/env bash
# Mutation testing of InvoicePayments.Domain: changes its code bit by bit and counts the changes that no test minds.
#
#   bash tests/mutate.sh                                 every folder
#   bash tests/mutate.sh Invoices Decisions/StateChange  one folder, and of another the files that begin so
#
# The reports are left in StrykerOutput/<folder>/reports; open mutation-report.html to see what survived. What is known to survive is
# listed with its reason in docs/mutation.md. Options that are not of one run are in tests/InvoicePayments.Domain.Tests/stryker-config.json.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
# The analysers have had their say in the ordinary build.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 RunAnalyzers=false
# Every mutant repeats the tests that reach it, so the property tests try few values, and the fuzzer feeds its good input alone.
export INVOICEPAYMENTS_PROPERTY_TESTS=${INVOICEPAYMENTS_PROPERTY_TESTS:-4} INVOICEPAYMENTS_FUZZ_SECONDS=0

folders=("$@")
[ ${#folders[@]} -eq 0 ] && folders=(Decisions Payments Invoices Gateways Values Events Journal)

# On a copy: Stryker puts the changed assembly where the tests' own is, and a run that is stopped would leave it there.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- | tar --extract --directory "$copy"
cd "$copy/tests/InvoicePayments.Domain.Tests" && dotnet tool restore || exit 1
# The first test that fails has noticed the change; the others need not run.
echo '{ "stopOnFail": true }' > xunit.runner.json

failed=0
for folder in "${folders[@]}"; do
  out=$root/StrykerOutput/${folder//[\/,]/.}
  rm -rf "$out" && mkdir -p "$out"
  echo "$folder: running, see $out/run.log"
  # The table of ISO 4217 is data, which is compared with the published list; changing it row by row would prove nothing more.
  mutate=(--mutate '!**/IsoCurrencyTable.cs')
  for part in ${folder//,/ }; do
    [[ $part == */* ]] && mutate+=(--mutate "**/$part*.cs") || mutate+=(--mutate "**/$part/*.cs")
  done
  dotnet stryker --verbosity debug "${mutate[@]}" --output "$out" > "$out/run.log" 2>&1
  score=$(grep -oE 'The final mutation score is .*' "$out/run.log" | tail -n 1)
  if [ -n "$score" ]; then echo "$folder: $score"; else echo "$folder: the run ended without a score." >&2; failed=1; fi
done
exit $failed
