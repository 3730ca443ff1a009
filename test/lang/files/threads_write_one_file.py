"""Threads that write to the same text and binary files: every line arrives once."""
import tempfile
import threading


def write_all(mode, make, **options):
    with tempfile.NamedTemporaryFile() as place:
        begin = threading.Event()
        with open(place.name, mode, **options) as stream:
            def work(n):
                begin.wait()
                for _ in range(40):
                    stream.write(make(n))
            threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
            for thread in threads:
                thread.start()
            begin.set()
            for thread in threads:
                thread.join()
        with open(place.name, "rb") as stream:
            content = stream.read()
        print(len(content), all(content.count(b"thread %03d\n" % n) == 40 for n in range(12)))


write_all("w", lambda n: "thread %03d\n" % n, buffering=1)
write_all("w", lambda n: "thread %03d\n" % n)
write_all("wb", lambda n: b"thread %03d\n" % n, buffering=50)
