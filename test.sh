#!/usr/bin/env bash
# Installs what the tests need, then runs all of them: format, lints, purity, unit, simulation,
# service, browser and fault tests. Takes about 25 minutes on two cores the first time.
set -euo pipefail
cd "$(dirname "$0")"

# Debian packages, and a file that each brings, so that nothing is installed twice.
needs=(
  "chromium:/usr/bin/chromium"
  "chromium-driver:/usr/bin/chromedriver"
  "fonts-wqy-zenhei:/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
  "poppler-utils:/usr/bin/pdftotext"
  "espeak-ng:/usr/bin/espeak-ng"
  "zbar-tools:/usr/bin/zbarimg"
  "postgresql:/usr/share/doc/postgresql"
  "openssl:/usr/bin/openssl"
  "strace:/usr/bin/strace"
  "python3:/usr/bin/python3"
  "python3-venv:/usr/share/doc/python3-venv"
)
missing=()
for need in "${needs[@]}"; do
  [ -e "${need#*:}" ] || missing+=("${need%%:*}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  else
    echo "请先安装 / please install first: ${missing[*]}" >&2
    exit 1
  fi
fi

step() { echo; echo "== $1"; shift; "$@"; }

step "format" cargo fmt --all --check
step "the rules alone, without std" cargo check -q -p hall
step "lints" cargo clippy -q --workspace --all-targets -- -D warnings
step "tests" cargo test --workspace
