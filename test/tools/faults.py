#!/usr/bin/python3.11
"""What goes wrong around profiles must stay harmless.

usage: faults.py kill BUILD COUNT       kill -9 of `krait record` at random instants: the profile is readable each time
       faults.py damage BUILD COUNT     truncated, flipped and foreign profiles: one clear line, or ignored with a warning

The random instants and damages come from a fixed seed that is printed with each failure.
"""

import concurrent.futures
import os
import random
import signal
import subprocess
import sys
import tempfile
import time

import programs

SEED = 311

PROGRAM = '''
import sys


class Vec:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def dot(self, other):
        return self.x * other.x + self.y * other.y


def hot(n):
    total = 0
    seen = {}
    for i in range(n):
        v = Vec(i, 1.5 if i % 3 else 2)
        total += v.dot(v)
        seen[i % 7] = seen.get(i % 7, 0) + 1
    return total, sorted(seen.items())


print("started", flush=True)
while len(sys.argv) > 1:
    hot(200)
print(hot(500))
'''


class Faults:
    def __init__(self, build):
        self.krait = os.path.join(build, "bin", "krait")
        tool = os.path.join(build, "bin", "krait-profile")
        # The same code as `krait profile`, in a process that starts faster.
        self.profile_tool = [tool] if os.access(tool, os.X_OK) else [self.krait, "profile"]
        self.folder = tempfile.mkdtemp(prefix="krait-faults-")
        self.program = os.path.join(self.folder, "program.py")
        with open(self.program, "w") as file:
            file.write(PROGRAM)
        self.failures = []

    def fail(self, text):
        self.failures.append(text)
        print("FAILED (seed %d): %s" % (SEED, text), flush=True)

    def call(self, *command):
        return subprocess.run(command, capture_output=True, cwd=self.folder, env=programs.environment(), timeout=120)

    def readable(self, path):
        """Whether `krait profile show` reads [path] and finds the program in it; what it said otherwise."""
        done = self.call(*self.profile_tool, "show", path)
        return done.returncode == 0 and b"__main__" in done.stdout, done

    def kill(self, count):
        rng = random.Random(SEED)
        for number in range(count):
            folder = os.path.join(self.folder, "kill")
            os.makedirs(folder)
            output = os.path.join(folder, "out.kprof")
            process = subprocess.Popen(
                [self.krait, "record", "--output", output, self.program, "forever"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=programs.environment(),
            )  # fmt: skip
            # One in five is killed while Krait itself starts; then there may be no profile, but none that is unreadable.
            early = rng.random() < 0.2
            if not early and process.stdout.readline() != b"started\n":
                self.fail("the recorded program does not start")
            delay = rng.random() ** 3 * (0.05 if early else 0.3)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            files = sorted(os.path.join(folder, name) for name in os.listdir(folder))
            answers = [self.readable(path) for path in files]
            good = all(done.returncode == 0 for _, done in answers) if early else any(ok for ok, _ in answers)
            if not good:
                said = "; ".join((done.stderr or b"no `__main__` in it").decode("utf-8", "replace").strip() for _, done in answers)
                self.fail("killed after %.4f s (number %d): no readable profile among %s: %s" % (delay, number, files, said))
            for path in files:
                os.remove(path)
            os.rmdir(folder)
            if len(self.failures) > 5:
                break
        print("%d recordings killed, %d without a readable profile" % (count, len(self.failures)))

    def damaged(self, good, rng):
        """One damaged version of the bytes [good], and how it was made."""
        kind = rng.randrange(7)
        data = bytearray(good)
        if kind == 0:
            return "truncated", bytes(data[: rng.randrange(len(data))])
        if kind == 1:
            for _ in range(rng.choice([1, 1, 2, 20])):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            return "bits flipped", bytes(data)
        if kind == 2:
            at = rng.randrange(len(data))
            return "piece removed", bytes(data[:at] + data[at + rng.randrange(1, 200):])
        if kind == 3:
            a, b = sorted(rng.randrange(len(data)) for _ in range(2))
            return "piece doubled", bytes(data[:b] + data[a:b] + data[b:])
        if kind == 4:
            lines = good.splitlines(True)
            rng.shuffle(lines)
            return "lines shuffled", b"".join(lines)
        if kind == 5:
            at = rng.randrange(len(data))
            number = str(rng.choice([0, 2**32, 2**63, 2**64, 10**40, -1])).encode()
            return "odd number", bytes(data[:at] + number + data[at:])
        foreign = [b"", b"\0" * 100, b"\x7fELF" + bytes(200), b"kprof 99 abi 0\n", PROGRAM.encode(), b"kprof 1 abi 0\n" * 50, bytes(rng.randrange(256) for _ in range(300)), b"{" * 5000]
        return "foreign", rng.choice(foreign)

    def one_damage(self, number, kind, data):
        path = os.path.join(self.folder, "damaged%d.kprof" % number)
        with open(path, "wb") as file:
            file.write(data)
        done = self.call(*self.profile_tool, "show", path)
        problem = None
        if done.returncode not in (0, 3):
            problem = "exit code %d" % done.returncode
        elif done.returncode == 3 and (done.stderr.count(b"\n") != 1 or len(done.stderr) > 400):
            problem = "not one clear line: %r" % done.stderr[:300]
        if problem:
            self.fail("%s (number %d, kept as %s): %s" % (kind, number, path, problem))
            return path, done.returncode
        return path, done.returncode

    def build_with(self, path, expected):
        exe = os.path.join(self.folder, "app")
        if os.path.exists(exe):
            os.remove(exe)
        done = self.call(self.krait, "build", self.program, "-o", exe, "--profile", path)
        if done.returncode < 0 or done.returncode > 120:
            return self.fail("krait build with %s: exit code %d" % (path, done.returncode))
        if done.returncode != 0:
            if done.stderr.count(b"\n") != 1:
                self.fail("krait build with %s: not one clear line: %r" % (path, done.stderr[:300]))
            return None
        ran = self.call(exe)
        if (ran.returncode, ran.stdout, ran.stderr) != expected:
            self.fail("a program built with %s behaves differently: %r" % (path, ran))
        return None

    def damage(self, count):
        plain = self.call(programs.PYTHON, self.program)
        expected = (plain.returncode, plain.stdout, plain.stderr)
        good_path = os.path.join(self.folder, "good.kprof")
        self.call(self.krait, "record", "--output", good_path, self.program)
        with open(good_path, "rb") as file:
            good = file.read()
        rng = random.Random(SEED)
        accepted, rejected = [], []
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [pool.submit(self.one_damage, number, *self.damaged(good, rng)) for number in range(count)]
            for job in jobs:
                path, code = job.result()
                kept = accepted if code == 0 else rejected
                if len(kept) < 25:
                    kept.append(path)
                elif code in (0, 3):
                    os.remove(path)
        if "build" in programs.probe_features(os.path.dirname(os.path.dirname(self.krait))):
            for path in accepted + rejected:
                self.build_with(path, expected)
        print("%d damaged profiles, %d failures" % (count, len(self.failures)))


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("kill", "damage"):
        sys.exit(__doc__)
    faults = Faults(os.path.abspath(sys.argv[2]))
    getattr(faults, sys.argv[1])(int(sys.argv[3]))
    if faults.failures:
        sys.exit(1)
    subprocess.run(["rm", "-rf", faults.folder])


if __name__ == "__main__":
    main()
