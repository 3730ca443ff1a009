// start_sys.cpp - the first contents of module sys, the end of a process, errors nobody caught.
#include "runtime/abi/native.h"
#include "runtime/builtins/traceback_print.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/state.h"
#include "runtime/object/str.h"
#include "runtime/start/start_classes.h"

#include <cstdio>

namespace krait {

namespace {

List *strings(const std::vector<std::string> &items) {
  List *list = krt_list_new(items.size());
  for (const std::string &item : items)
    krt_list_append(list, strFrom(item));
  return list;
}

} // namespace

void fillSys(const RunOptions &options) {
  krt_sys_set(strIntern("argv"), strings(options.argv));
}

void printToStderr(Str *line) {
  std::string_view text = strView(line);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

void reportUncaught() {
  Value exception = krt_error_take();
  std::fflush(stdout);
  std::string_view text = strView(krt_exception_text_py(exception));
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int finishProgram(int code) {
  if (std::fflush(stdout) != 0 && code == 0)
    return kExitFlushFailed;
  return code;
}

} // namespace krait
