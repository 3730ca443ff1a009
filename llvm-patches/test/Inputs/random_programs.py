"""Compiles random C++ functions over tagged values twice, O2 with and without the plugin, and compares what they print.

usage: random_programs.py PLUGIN ROOT SCRATCH COUNT [FIRST_SEED]
"""

import os
import random
import subprocess
import sys

LLVM = "/usr/lib/llvm-19/bin/"

PRELUDE = r"""
#include "runtime/abi/value.h"
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
using namespace krait;
struct Box { void *shape; double value; };
extern "C" uint64_t krt_float_box_slow(double d);
static inline Value box(double d) {
  uint64_t r = rotateDouble(d);
  return __builtin_expect((r & 3) == 2, 1) ? Value(r) : Value(krt_float_box_slow(d));
}
static inline bool isFloat(Value v) { return !v.isInt(); }
static inline double val(Value v) {
  if (v.isImmediateFloat()) return v.asImmediateFloat();
  if (isZeroFloat(v)) return v.bits == kPosZero.bits ? 0.0 : -0.0;
  return v.as<Box>()->value;
}
static inline int64_t num(Value v) { return v.isInt() ? v.asInt() : (int64_t(val(v) > 1) | 4); }
static inline double flo(Value v) { return v.isInt() ? double(v.asInt()) : val(v); }
extern "C" void see(uint64_t bits);
"""

# In a file of its own, compiled without the pass: what the programs may not see through.
OUTSIDE = r"""
#include "runtime/abi/value.h"
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
using namespace krait;
struct Box { void *shape; double value; };
extern "C" uint64_t krt_float_box_slow(double d) {
  if (d == 0) return __builtin_signbit(d) ? kNegZero.bits : kPosZero.bits;
  Box *box = (Box *)aligned_alloc(16, 16);
  box->shape = nullptr;
  box->value = d;
  return (uint64_t)box;
}
extern "C" void see(uint64_t bits) {
  static uint64_t last;
  Value v(bits);
  if (v.isInt()) printf("int %ld", (long)v.asInt());
  else if (v.isImmediateFloat()) printf("float %a", v.asImmediateFloat());
  else if (isZeroFloat(v)) printf("zero %d", v.bits == kNegZero.bits);
  else { double d = v.as<Box>()->value; if (d != d) printf("box nan"); else printf("box %a", d); }
  printf(" %d\n", bits == last); // the same object as the last one?
  last = bits;
}
uint64_t run(uint64_t a, uint64_t b, int64_t n);
int main() {
  double floats[] = {0.0, -0.0, 1.5, -3.25, 1e300, 1e-320, __builtin_inf(), __builtin_nan(""), 1e77, 2e-77};
  uint64_t words[13];
  for (int i = 0; i < 10; ++i) {
    uint64_t r = rotateDouble(floats[i]);
    words[i] = (r & 3) == 2 ? r : krt_float_box_slow(floats[i]);
  }
  words[10] = smallInt(0).bits, words[11] = smallInt(-7).bits, words[12] = smallInt(1000).bits;
  for (uint64_t a : words)
    for (uint64_t b : words)
      for (int n : {0, 1, 5})
        see(run(a, b, n));
}
"""


class Program:
    """A random function over variables a, b (parameters), f, g (floats), i, j (ints), m (either)."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, depth=0):
        """An expression of type double."""
        kind = self.random.randrange(6 if depth < 3 else 3)
        if kind == 0:
            return "val(%s)" % self.random.choice("fg")
        if kind == 1:
            return "flo(%s)" % self.random.choice("abm")
        if kind == 2:
            return self.random.choice(["0.0", "-0.0", "1.5", "1e200", "-1e-200"])
        return "(%s %s %s)" % (self.number(depth + 1), self.random.choice("+-*"), self.number(depth + 1))

    def integer(self, depth=0):
        """An expression of type int64_t that fits 63 bits."""
        kind = self.random.randrange(5 if depth < 3 else 3)
        if kind == 0:
            return "%s.asInt()" % self.random.choice("ij")
        if kind == 1:
            return "num(%s)" % self.random.choice("abm")
        if kind == 2:
            return str(self.random.randrange(-5, 100))
        return "((%s %s %s) & 0xffff)" % (self.integer(depth + 1), self.random.choice("+-^"), self.integer(depth + 1))

    def condition(self):
        return self.random.choice([
            "%s < %s" % (self.number(2), self.number(2)),
            "%s < %s" % (self.integer(2), self.integer(2)),
            "%s.isInt()" % self.random.choice("abm"),
            "%s.isImmediateFloat()" % self.random.choice("fgm"),
        ])

    def statement(self, depth):
        kind = self.random.randrange(10)
        if kind < 3:
            return "%s = box(%s);" % (self.random.choice("fg"), self.number())
        if kind < 5:
            return "%s = smallInt(%s);" % (self.random.choice("ij"), self.integer())
        if kind == 5:
            return "m = %s;" % self.random.choice("abfgij")
        if kind == 6:
            return "%s = %s;" % self.random.choice([("f", "g"), ("g", "f"), ("i", "j"), ("j", "i")])
        if kind == 7 or depth == 3:
            return "if (%s) [[unlikely]] see(%s.bits);" % (self.condition(), self.random.choice("fgijm"))
        if kind == 8:
            return "if (%s) { %s } else { %s }" % (self.condition(), self.block(depth + 1), self.block(depth + 1))
        return "for (int64_t k%d = 0; k%d < n; ++k%d) { %s }" % (depth, depth, depth, self.block(depth + 1))

    def block(self, depth):
        return "\n".join(self.statement(depth) for _ in range(self.random.randrange(1, 5)))

    def text(self):
        return PRELUDE + """
uint64_t run(uint64_t aBits, uint64_t bBits, int64_t n) {
  Value a(aBits), b(bBits), f = kPosZero, g = box(1.0), i = smallInt(0), j = smallInt(3), m = a;
  %s
  for (int64_t k = 0; k < n; ++k) { %s }
  see(f.bits); see(i.bits); see(m.bits);
  return %s.bits;
}
""" % (self.block(0), self.block(1), self.random.choice("fgijm"))


def main():
    plugin, root, scratch, count = sys.argv[1:5]
    first = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    os.makedirs(scratch, exist_ok=True)
    clang = [LLVM + "clang++", "-std=c++20", "-I" + root, "-ffp-contract=off", "-Wno-everything", "-no-pie"]

    def path(name):
        return os.path.join(scratch, name)

    def write(name, text):
        with open(path(name), "w") as file:
            file.write(text)

    write("outside.cpp", OUTSIDE)
    subprocess.run(clang + ["-O1", "-c", path("outside.cpp"), "-o", path("outside.o")], check=True)
    for seed in range(first, first + int(count)):
        write("p.cpp", Program(seed).text())
        subprocess.run(clang + ["-O1", "-Xclang", "-disable-llvm-passes", "-emit-llvm", "-S", path("p.cpp"), "-o", path("p.ll")], check=True)
        outputs = []
        for name, options in [("plain", []), ("tagging", ["-load-pass-plugin=" + plugin])]:
            subprocess.run([LLVM + "opt", *options, "-O2", path("p.ll"), "-o", path(name + ".bc")], check=True)
            subprocess.run(clang + ["-O1", "-Xclang", "-disable-llvm-passes", path(name + ".bc"), path("outside.o"), "-o", path(name)], check=True)
            outputs.append(subprocess.run([path(name)], check=True, capture_output=True, timeout=60).stdout)
        if outputs[0] != outputs[1]:
            sys.exit("seed %d: the pass changed the meaning of %s" % (seed, path("p.cpp")))


main()
