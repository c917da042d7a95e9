#!/usr/bin/env bash
# Builds everything, runs every test, and ends with one line: "N passed, N failed".
# Needs the .NET SDK and git. PostgreSQL and PgBouncer, which the tests start for themselves, are installed from Debian's packages where they
# are missing; that needs root or sudo.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
[ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
if [ "${#missing[@]}" -gt 0 ]; then
  root=(); [ "$(id -u)" -eq 0 ] || root=(sudo -n)
  # What is missing all the same fails in the tests that need it.
  "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
    || echo "Not installed: ${missing[*]}." >&2
fi

dotnet build InvoicePayments.sln -c Release -v quiet || { echo "The build failed." >&2; exit 1; }

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0 broken=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  # A suite that hangs is a suite that failed: what it leaves, or does not leave, is counted below.
  timeout --kill-after=30 600 dotnet test "$project" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" || broken=1
  # What the long suites have to say: which seeds, how many schedules, what was taken away.
  grep -hoE '(^|>)[^<>]*([0-9]+ runs from seed|[0-9]+ schedules, |[0-9]+ violations)[^<]*' "$results/$name.trx" 2>/dev/null | sed 's/^>//' | sort -u
  # The counters of the result file, not of the console: a run that died half-way has none, and that counts as a failure.
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null | head -n 1)
  if [ -z "$counters" ]; then echo "$name left no results." >&2; failed=$((failed + 1)); continue; fi
  of() { printf '%s' "$counters" | grep -oE "(^| )$1=\"[0-9]+\"" | grep -oE '[0-9]+'; }
  total=$(of total) good=$(of passed) run=$(of executed)
  passed=$((passed + good)); failed=$((failed + run - good)); skipped=$((skipped + total - run))
done

[ "$broken" -eq 1 ] && [ "$failed" -eq 0 ] && failed=1
if [ "$skipped" -gt 0 ]; then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
