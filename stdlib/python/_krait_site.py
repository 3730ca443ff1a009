"""The lines of .pth files that begin with `import`: runtime/start/site_folders.cpp keeps them until an import needs them."""

import sys


def run_line(sitedir, fullname, number, line):
    """Runs one line; False after an error, which is told on stderr. Lines look into this frame for [sitedir]."""
    try:
        exec(line, {"__name__": "site", "__builtins__": __builtins__, "sys": sys}, locals())
    except Exception:
        import traceback
        print(f"Error processing line {number} of {fullname}:\n", file=sys.stderr)
        for record in traceback.format_exception(*sys.exc_info()):
            for text in record.splitlines():
                print("  " + text, file=sys.stderr)
        print("\nRemainder of file ignored", file=sys.stderr)
        return False
    return True


def run(lines):
    failed = set()
    for sitedir, fullname, number, line in lines:
        if fullname not in failed and not run_line(sitedir, fullname, number, line):
            failed.add(fullname)
