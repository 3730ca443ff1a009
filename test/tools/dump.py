"""Every stage of one program: `./dev dump FILE.py [--profile P] [--only FUNCTION] [--into DIR]`.

Stages are named as the folders of the compiler. With --into each becomes a numbered file, HIR one for each pass, to be compared with
`diff -r` before and after a change; without, all go to standard output."""

import argparse
import os
import re
import subprocess
import sys


def output_of(command):
    went = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
    return went.stdout + (went.stderr if went.returncode else "")


def stages(arguments):
    """(name, text) of each stage."""
    def tool(name, *rest):
        path = os.path.join(arguments.build, "bin", name)
        return output_of([path, *rest]) if os.access(path, os.X_OK) else "%s is missing (./dev build)\n" % path

    profile = ["--profile=" + arguments.profile] if arguments.profile else []
    only = ["--only=" + arguments.only] if arguments.only else []
    yield "ast", tool("krait-ast", arguments.file)
    yield "bytecode", tool("krait-dis", arguments.file)
    passes = tool("krait-hir", "--python=" + arguments.file, "--dump-after=all", *profile, *only)
    for part in re.split(r"(?m)^(?=; after )", passes):
        if part:
            title, _, text = part.partition("\n")
            name = re.search(r'(?m)^func "([^"]*)"', text)
            yield "hir-%s-%s" % (title.removeprefix("; after "), name[1] if name else "all"), text
    for stage in "hir", "llvm-ir", "asm":
        yield stage, tool("krait", "build", arguments.file, *profile, "--emit=" + stage, "-o", "/dev/stdout")


def main():
    parser = argparse.ArgumentParser(prog="./dev dump", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--build", default="build")
    parser.add_argument("--profile", help="specialise by this profile")
    parser.add_argument("--only", help="HIR of this function only (qualified name)")
    parser.add_argument("--into", help="a folder for numbered files")
    arguments = parser.parse_args()
    if arguments.into:
        os.makedirs(arguments.into, exist_ok=True)
    for number, (name, text) in enumerate(stages(arguments)):
        if arguments.into:
            path = os.path.join(arguments.into, "%04d-%s.txt" % (number, re.sub(r"[^\w.-]+", "_", name)))
            with open(path, "w") as file:
                file.write(text)
        else:
            print("== " + name)
            sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
