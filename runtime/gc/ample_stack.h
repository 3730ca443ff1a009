// ample_stack.h - the main thread's native stack. Python programs may recurse as deep as sys.setrecursionlimit() allows, whatever
// the shell's `ulimit -s` is; so `main` moves to a stack of its own, of which only what is used takes memory.
#pragma once

namespace krait {

/// run(argc, argv) on a stack of hundreds of megabytes of address space; on the stack it is called on where there is no room for
/// another. To be called by `main`, before the collector is started.
int krt_gc_on_ample_stack(int (*run)(int argc, char **argv), int argc, char **argv);

/// Where that stack is; both null if there is none.
struct AmpleStack {
  char *low, *high;
  bool holds(const void *address) const { return address >= low && address < high; }
};
extern AmpleStack krt_gc_ample_stack;

} // namespace krait
