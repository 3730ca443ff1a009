// start_builtins.cpp - see start_builtins.h.
#include "runtime/start/start_builtins.h"

#include "runtime/abi/native.h"
#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/sequence.h"
#include "runtime/object/state.h"
#include "runtime/start/ast_reader.h"
#include "runtime/start/import.h"
#include "runtime/start/start.h"
#include "runtime/start/start_classes.h"

#include "runtime/start/start_builtins.bind.inc"

namespace krait {

namespace {

constexpr int kCompileOnlyAst = 0x400, kCompileDontImplyDedent = 0x200, kCompileTopLevelAwait = 0x2000,
              kCompileIncompleteInput = 0x4000;
constexpr uint32_t kFutureMask = kCodeFutureDivision | kCodeFutureAbsoluteImport | kCodeFutureWithStatement |
                                 kCodeFuturePrintFunction | kCodeFutureUnicodeLiterals |
                                 kCodeFutureBarryAsBdfl | kCodeFutureGeneratorStop | kCodeFutureAnnotations;

/// os.fspath, str results only.
Str *pathText(Value path) {
  Value self, method = krt_special_lookup_py(path, KSTR(__fspath__), &self);
  if (!method) {
    if (!errorPending())
      krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", path);
    return nullptr;
  }
  Value result = TRY(krt_call_with_self_py(method, self, nullptr, 0, nullptr));
  if (!strCheck(result)) {
    krt_raise(kTypeError, "expected %T.__fspath__() to return str or bytes, not %T", path, result);
    return nullptr;
  }
  return result.as<Str>();
}

uint32_t callerFutures() { return krt_thread.frame ? krt_thread.frame->code->flags & kFutureMask : 0; }

/// Raises ValueError for source text with a null character.
bool hasNull(std::string_view text) {
  if (text.find('\0') == std::string_view::npos)
    return false;
  krt_raise(kValueError, "source code string cannot contain null bytes");
  return true;
}

/// Text of a source argument; false with an exception pending.
bool sourceText(Value source, const char *function, const char *expected, std::string_view *out,
                bool *decoded) {
  *decoded = strCheck(source);
  if (*decoded) {
    size_t size;
    const char *text = krt_str_utf8(source.as<Str>(), &size);
    if (!text)
      return false;
    *out = {text, size};
  } else if (hasClassFlag(source, kClassBytesSub)) {
    *out = {reinterpret_cast<const char *>(source.as<Bytes>()->data),
            static_cast<size_t>(source.as<Bytes>()->length)};
  } else if (hasClassFlag(source, kClassByteArraySub)) {
    *out = {reinterpret_cast<const char *>(source.as<ByteArray>()->data),
            static_cast<size_t>(source.as<ByteArray>()->length)};
  } else {
    BytesLike memory;
    if (krt_buffer_check(source) && memory.acquire_py(source)) {
      auto *copy = static_cast<char *>(gcAllocateAtomic(memory.view().size() + 1));
      std::memcpy(copy, memory.data(), memory.view().size());
      *out = {copy, memory.view().size()};
      return !hasNull(*out);
    }
    krt_error_clear();
    krt_raise(kTypeError, "%s() arg 1 must be a %s", function, expected);
    return false;
  }
  return !hasNull(*out);
}

/// Globals and locals as exec and eval take them. False = exception pending.
bool scopes(const char *function, Value &globals, Value &locals) {
  if (locals && locals != kNone && !classOf(locals)->slots.getitem) {
    if (std::string_view(function) == "eval")
      krt_raise(kTypeError, "locals must be a mapping");
    else
      krt_raise(kTypeError, "locals must be a mapping or None, not %T", locals);
    return false;
  }
  if (!globals || globals == kNone) {
    Frame *frame = krt_thread.frame;
    globals = frame ? Value(frame->globals) : Value(krt_dict_new());
    if (!locals || locals == kNone) {
      locals = frame ? krt_frame_locals_py(frame) : globals;
      if (!locals)
        return false;
    }
  } else if (!hasClassFlag(globals, kClassDictSub)) {
    if (std::string_view(function) == "eval")
      krt_raise(kTypeError, classOf(globals)->slots.getitem
                                ? "globals must be a real dict; try eval(code, {}, mapping)"
                                : "globals must be a dict");
    else
      krt_raise(kTypeError, "exec() globals must be a dict, not %T", globals);
    return false;
  } else if (!locals || locals == kNone) {
    locals = globals;
  }
  Dict *dict = globals.as<Dict>();
  if (!krt_dict_get_str(dict, KSTR(__builtins__)))
    krt_dict_set_str(dict, KSTR(__builtins__),
                     krt_thread.frame ? krt_builtins_shown(krt_thread.frame->builtins)
                                      : Value(krt_state_builtins()));
  return !errorPending();
}

Value run(const char *function, Value source, Value globals, Value locals, Tuple *closure, int mode) {
  if (!scopes(function, globals, locals))
    return {};
  if (isExact(source, krt_code_class)) {
    Code *code = source.as<Code>();
    if (code->freevars->length && !closure)
      return krt_raise(kTypeError,
                       mode == 1 ? "code object passed to eval() may not contain free variables"
                                 : "code object requires a closure of exactly length %zd",
                       static_cast<long>(code->freevars->length));
    TRY_AUDIT("exec", code);
    return krt_run_code_py(code, globals.as<Dict>(), locals, closure, nullptr);
  }
  if (closure)
    return krt_raise(kTypeError, "closure can only be used when source is a code object");
  std::string_view text;
  bool decoded;
  if (!sourceText(source, function, "string, bytes or code object", &text, &decoded))
    return {};
  if (mode == 1)
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
      text.remove_prefix(1);
  CompileRequest request{.mode = mode, .futureFlags = callerFutures(), .decoded = decoded};
  TRY_AUDIT("compile", Value(krt_bytes_new(text.data(), text.size())), strFrom("<string>"));
  Code *code = TRY(compileSourceText(text, strIntern("<string>"), request));
  TRY_AUDIT("exec", code);
  return krt_run_code_py(code, globals.as<Dict>(), locals, nullptr, nullptr);
}

Tuple *checkedClosure(Value closure, Value source, bool *ok) {
  *ok = true;
  if (!closure || closure == kNone)
    return nullptr;
  int64_t wanted = isExact(source, krt_code_class) ? source.as<Code>()->freevars->length : 0;
  bool good = isExact(closure, krt_tuple_class) && closure.as<Tuple>()->length == wanted;
  for (int64_t i = 0; good && i < wanted; ++i)
    good = isExact(closure.as<Tuple>()->items[i], krt_cell_class);
  if (isExact(source, krt_code_class) && wanted == 0)
    krt_raise(kTypeError, "cannot use a closure with this code object");
  else if (isExact(source, krt_code_class) && !good)
    krt_raise(kTypeError, "code object requires a closure of exactly length %lld",
              static_cast<long long>(wanted));
  *ok = !errorPending();
  return closure.as<Tuple>();
}

} // namespace

extern "C" {

Value krt_builtins_compile_py(Value source, Value filename, Value mode, int flags, bool dontInherit,
                              int optimize, int featureVersion) {
  constexpr int known = static_cast<int>(kFutureMask) | kCompileOnlyAst | kCompileDontImplyDedent |
                        kCompileTopLevelAwait | kCompileIncompleteInput | 0x1000 | 0x10;
  if (flags & ~known)
    return krt_raise(kValueError, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2)
    return krt_raise(kValueError, "compile(): invalid optimize value");
  Str *name = strCheck(filename) ? filename.as<Str>() : nullptr;
  if (hasClassFlag(filename, kClassBytesSub))
    name = krt_str_from_utf8(reinterpret_cast<const char *>(filename.as<Bytes>()->data),
                             filename.as<Bytes>()->length);
  if (!name && krt_buffer_check(filename)) {
    BytesLike bytes;
    if (krt_warn_py(kDeprecationWarning, 1, "path should be string, bytes, or os.PathLike, not %.200T",
                    filename) < 0 ||
        !bytes.acquire_py(filename))
      return {};
    name = krt_str_from_utf8(bytes.view().data(), bytes.view().size());
  }
  if (!name && !errorPending())
    name = pathText(filename);
  if (!name)
    return {};
  if (!strCheck(mode))
    return krt_raise(kTypeError, "compile() argument 'mode' must be str, not %T", mode);
  std::string_view modeText = strView(mode.as<Str>());
  int kind = modeText == "exec" ? 0 : modeText == "eval" ? 1 : modeText == "single" ? 2 : -1;
  if (kind < 0) {
    if (modeText == "func_type" && (flags & kCompileOnlyAst))
      kind = 3;
    else if (modeText == "func_type")
      return krt_raise(kValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    if (kind < 0)
      return krt_raise(kValueError, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  if (isExact(source, krt_code_class))
    return krt_raise(kTypeError, "compile() arg 1 must be a string, bytes or AST object");
  Dict *nodeClasses = nullptr;
  bool tree = isTreeObject(source, &nodeClasses);
  if (tree && (flags & kCompileOnlyAst))
    return source;
  std::string_view text;
  bool decoded = true;
  if (!tree && !sourceText(source, "compile", "string, bytes or AST object", &text, &decoded))
    return {};
  TRY_AUDIT("compile", tree ? kNone : Value(krt_bytes_new(text.data(), text.size())), name);
  if (flags & kCompileOnlyAst) {
    Value args[5] = {source, name, smallInt(kind), smallInt(flags), smallInt(featureVersion)};
    Value module = TRY(krt_builtins_import_py(strIntern("_ast"), kNone, kNone, krt_tuple_empty, 0));
    return krt_call_method_py(module, KSTR(_parse), args, 5);
  }
  CompileRequest request{.mode = kind,
                         .futureFlags = (static_cast<uint32_t>(flags) & kFutureMask) |
                                        (dontInherit ? 0 : callerFutures()),
                         .optimize = optimize < 0 ? krt_optimize_level : optimize,
                         .decoded = decoded,
                         .topLevelAwait = (flags & kCompileTopLevelAwait) != 0,
                         .dontImplyDedent = (flags & kCompileDontImplyDedent) != 0,
                         .allowIncomplete = (flags & kCompileIncompleteInput) != 0};
  Code *code = tree ? compileTreeObject_py(source, nodeClasses, name, request)
                    : compileSourceText(text, name, request);
  return code ? Value(code) : Value();
}

Value krt_builtins_eval_py(Value source, Value globals, Value locals) {
  return run("eval", source, globals, locals, nullptr, 1);
}

Value krt_builtins_exec_py(Value source, Value globals, Value locals, Value closure) {
  bool ok;
  Tuple *cells = checkedClosure(closure, source, &ok);
  if (!ok)
    return {};
  return TRY(run("exec", source, globals, locals, cells, 0)) ? kNone : Value();
}

Value krt_builtins_globals() { return krt_thread.frame ? Value(krt_thread.frame->globals) : kNone; }

Value krt_builtins_locals_py() {
  if (!krt_thread.frame)
    return krt_raise(kSystemError, "frame does not exist");
  return krt_frame_locals_py(krt_thread.frame);
}

} // extern "C"
} // namespace krait
