"""Looks for known holes in the locked packages, with pip-audit: `make audit`.

Fails when there is one. Where the service that knows them does not answer, it says loudly that nothing was checked.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements-dev.txt"
COMMAND = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json", "-r", str(LOCK)]


def main() -> int:
    audit = subprocess.run(COMMAND, capture_output=True, text=True)
    try:
        packages = json.loads(audit.stdout)["dependencies"]
    except ValueError:
        packages = []
    if not packages:
        print(audit.stderr, file=sys.stderr)
    code, report = judge(packages)
    print(report)
    return code


def judge(packages: list[dict]) -> tuple[int, str]:
    """Return the exit code and the report for pip-audit's list of packages.

    >>> judge([{"name": "django", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}])
    (1, 'django 1.0: CVE-1, repaired in 1.1')
    >>> judge([{"name": "django", "version": "5.2", "vulns": []}])
    (0, 'No known hole in 1 packages.')
    >>> judge([{"name": "django", "skip_reason": "not found"}])
    (0, 'NOT CHECKED for known holes, the service does not answer: 1 of 1 packages.')
    """
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}, repaired in {', '.join(hole['fix_versions']) or 'none'}"
        for package in packages
        for hole in package.get("vulns", [])
    ]
    if holes:
        return 1, "\n".join(holes)
    skipped = sum("skip_reason" in package for package in packages)
    if skipped or not packages:
        return 0, (f"NOT CHECKED for known holes, the service does not answer: {skipped} of {len(packages)} packages.")
    return 0, f"No known hole in {len(packages)} packages."


if __name__ == "__main__":
    sys.exit(main())
