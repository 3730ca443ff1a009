import argparse

p = argparse.ArgumentParser(prog="tool", description="A tool.")
p.add_argument("files", nargs="*", help="input files")
p.add_argument("-n", "--number", type=int, default=3, help="how many (default %(default)s)")
p.add_argument("--verbose", "-v", action="count", default=0)
p.add_argument("--mode", choices=["fast", "slow"])
p.add_argument("--flag", action="store_true")
print(p.parse_args([]))
print(p.parse_args(["a", "b", "-n", "5", "-vv", "--mode=fast", "--flag"]))
print(p.format_help())
sub = argparse.ArgumentParser(prog="git", exit_on_error=False)
commands = sub.add_subparsers(dest="command")
commit = commands.add_parser("commit")
commit.add_argument("-m", required=True)
print(sub.parse_args(["commit", "-m", "msg"]), sub.parse_known_args(["commit", "-m", "x", "--odd"]))
import contextlib
import io

for argv in (["-n", "x"], ["--mode", "bad"], ["--nope"], ["-n"]):
    err = io.StringIO()
    try:
        with contextlib.redirect_stderr(err):
            p.parse_args(argv)
    except SystemExit as exit_:
        print(exit_.code, err.getvalue().splitlines()[-1])
