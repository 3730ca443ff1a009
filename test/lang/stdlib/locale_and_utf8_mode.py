# What the environment's locale and UTF-8 mode make of encodings, arguments, the environment and files.
import os
import subprocess
import sys

if sys.argv[1:2] == ["child"]:
    import io
    import locale

    print(sys.flags.utf8_mode, *(f"{stream.encoding}:{stream.errors}" for stream in (sys.stdin, sys.stdout, sys.stderr)))
    print(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), io.text_encoding(None))
    print(open("/dev/null").encoding, open("/dev/null", encoding="locale").encoding, locale.getpreferredencoding(False), locale.getencoding())
    print(ascii(sys.argv[2:]), os.environ.get("LC_CTYPE"), ascii(os.environ["TEXT"]), locale.setlocale(locale.LC_CTYPE, None))
    try:
        print(os.fsencode("\u20ac"))
    except UnicodeEncodeError as error:
        print(error)
    sys.exit()


def child(**environment):
    print(*(f"{name}={value}" for name, value in environment.items()))
    sys.stdout.flush()
    done = subprocess.run(
        [sys.executable, __file__, "child", b"\xe9", b"\xc3\xa9"],
        env={"PATH": os.environ["PATH"], "TEXT": b"\xe9x", **environment}, stdin=subprocess.DEVNULL, capture_output=True,
    )
    print(done.returncode, done.stdout.decode(), done.stderr.decode())


child()
child(LANG="C.UTF-8")
child(LC_ALL="C")
child(LC_ALL="C", PYTHONUTF8="0")
child(LC_CTYPE="C", PYTHONUTF8="0")
child(PYTHONCOERCECLOCALE="0")
child(PYTHONCOERCECLOCALE="warn")
child(LC_ALL="POSIX", PYTHONCOERCECLOCALE="warn", PYTHONUTF8="1")
child(LC_ALL="C.UTF-8", PYTHONUTF8="1")
child(PYTHONUTF8="x")
child(PYTHONIOENCODING="latin-1:ignore")
child(LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING=":replace")
child(LC_ALL="no_SUCH.locale")
