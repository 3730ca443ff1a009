# usage: prompt.sh INTERPRETER OUT: statements from a pipe; output, messages and exit code go to OUT and OUT.err.
printf 'x = 1\nx\nif x:\n    print(2)\n\ndef f():\n    return 3\n\nf()\nfoo\n"s"\nraise SystemExit(7)\n' | "$1" -i -q > "$2" 2> "$2.err"
echo "code $?" >> "$2"
