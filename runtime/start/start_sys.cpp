// start_sys.cpp - the first contents of module sys, the end of a process, errors nobody caught.
#include "runtime/abi/native.h"
#include "runtime/builtins/traceback_print.h"
#include "runtime/gc/gc.h"
#include "runtime/interp/global_lock.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/start/start_classes.h"
#include "stdlib/native/_warnings.h"

#include <cstdio>

namespace krait {

namespace {

List *strings(const std::vector<std::string> &items) {
  List *list = krt_list_new(items.size());
  for (const std::string &item : items)
    krt_list_append(list, strFrom(item));
  return list;
}

/// Text for people, past Python's streams: they may be what fails.
void writeStderr(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }
void writeStderr(Str *text) { writeStderr(strView(text)); }

} // namespace

void fillSys(const RunOptions &options) {
  krt_threads_add(&krt_thread);
  warningsStart();
  krt_sys_set(strIntern("argv"), strings(options.argv));
}

void printToStderr(Str *line) {
  writeStderr(line);
  writeStderr("\n");
}

void reportUncaught() {
  Value exception = krt_error_take();
  std::fflush(stdout);
  Value hook = krt_sys_get(KSTR(excepthook));
  if (hook) {
    Value args[3] = {classOf(exception), exception, exception.as<Exception>()->traceback};
    if (!args[2])
      args[2] = kNone;
    if (krt_call_py(hook, args, 3, nullptr))
      return;
    Value second = krt_error_take();
    writeStderr("Error in sys.excepthook:\n");
    writeStderr(krt_exception_text_py(second));
    writeStderr("\nOriginal exception was:\n");
  }
  writeStderr(krt_exception_text_py(exception));
}

int finishProgram(int code) {
  if (std::fflush(stdout) != 0 && code == 0)
    return kExitFlushFailed;
  return code;
}

} // namespace krait
