// exception_classes.h - the built-in exception classes, one row each, bases before what derives from them.
//   EXCEPTION(Name, Base, "doc")
#pragma once

#include "runtime/abi/object.h"

// clang-format off
#define KRT_EXCEPTIONS(EXCEPTION) \
  EXCEPTION(BaseExceptionGroup, BaseException, "A combination of multiple unrelated exceptions.") \
  EXCEPTION(Exception, BaseException, "Common base class for all non-exit exceptions.") \
  EXCEPTION(ArithmeticError, Exception, "Base class for arithmetic errors.") \
  EXCEPTION(FloatingPointError, ArithmeticError, "Floating point operation failed.") \
  EXCEPTION(OverflowError, ArithmeticError, "Result too large to be represented.") \
  EXCEPTION(ZeroDivisionError, ArithmeticError, "Second argument to a division or modulo operation was zero.") \
  EXCEPTION(AssertionError, Exception, "Assertion failed.") \
  EXCEPTION(AttributeError, Exception, "Attribute not found.") \
  EXCEPTION(BufferError, Exception, "Buffer error.") \
  EXCEPTION(EOFError, Exception, "Read beyond end of file.") \
  EXCEPTION(ImportError, Exception, "Import can't find module, or can't find name in module.") \
  EXCEPTION(ModuleNotFoundError, ImportError, "Module not found.") \
  EXCEPTION(LookupError, Exception, "Base class for lookup errors.") \
  EXCEPTION(IndexError, LookupError, "Sequence index out of range.") \
  EXCEPTION(KeyError, LookupError, "Mapping key not found.") \
  EXCEPTION(MemoryError, Exception, "Out of memory.") \
  EXCEPTION(NameError, Exception, "Name not found globally.") \
  EXCEPTION(UnboundLocalError, NameError, "Local name referenced but not bound to a value.") \
  EXCEPTION(OSError, Exception, "Base class for I/O related errors.") \
  EXCEPTION(BlockingIOError, OSError, "I/O operation would block.") \
  EXCEPTION(ChildProcessError, OSError, "Child process error.") \
  EXCEPTION(ConnectionError, OSError, "Connection error.") \
  EXCEPTION(BrokenPipeError, ConnectionError, "Broken pipe.") \
  EXCEPTION(ConnectionAbortedError, ConnectionError, "Connection aborted.") \
  EXCEPTION(ConnectionRefusedError, ConnectionError, "Connection refused.") \
  EXCEPTION(ConnectionResetError, ConnectionError, "Connection reset.") \
  EXCEPTION(FileExistsError, OSError, "File already exists.") \
  EXCEPTION(FileNotFoundError, OSError, "File not found.") \
  EXCEPTION(InterruptedError, OSError, "Interrupted by signal.") \
  EXCEPTION(IsADirectoryError, OSError, "Operation doesn't work on directories.") \
  EXCEPTION(NotADirectoryError, OSError, "Operation only works on directories.") \
  EXCEPTION(PermissionError, OSError, "Not enough permissions.") \
  EXCEPTION(ProcessLookupError, OSError, "Process not found.") \
  EXCEPTION(TimeoutError, OSError, "Timeout expired.") \
  EXCEPTION(ReferenceError, Exception, "Weak ref proxy used after referent went away.") \
  EXCEPTION(RuntimeError, Exception, "Unspecified run-time error.") \
  EXCEPTION(NotImplementedError, RuntimeError, "Method or function hasn't been implemented yet.") \
  EXCEPTION(RecursionError, RuntimeError, "Recursion limit exceeded.") \
  EXCEPTION(StopAsyncIteration, Exception, "Signal the end from iterator.__anext__().") \
  EXCEPTION(StopIteration, Exception, "Signal the end from iterator.__next__().") \
  EXCEPTION(SyntaxError, Exception, "Invalid syntax.") \
  EXCEPTION(IndentationError, SyntaxError, "Improper indentation.") \
  EXCEPTION(TabError, IndentationError, "Improper mixture of spaces and tabs.") \
  EXCEPTION(SystemError, Exception, "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.") \
  EXCEPTION(TypeError, Exception, "Inappropriate argument type.") \
  EXCEPTION(ValueError, Exception, "Inappropriate argument value (of correct type).") \
  EXCEPTION(UnicodeError, ValueError, "Unicode related error.") \
  EXCEPTION(UnicodeDecodeError, UnicodeError, "Unicode decoding error.") \
  EXCEPTION(UnicodeEncodeError, UnicodeError, "Unicode encoding error.") \
  EXCEPTION(UnicodeTranslateError, UnicodeError, "Unicode translation error.") \
  EXCEPTION(Warning, Exception, "Base class for warning categories.") \
  EXCEPTION(BytesWarning, Warning, "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.") \
  EXCEPTION(DeprecationWarning, Warning, "Base class for warnings about deprecated features.") \
  EXCEPTION(EncodingWarning, Warning, "Base class for warnings about encodings.") \
  EXCEPTION(FutureWarning, Warning, "Base class for warnings about constructs that will change semantically\nin the future.") \
  EXCEPTION(ImportWarning, Warning, "Base class for warnings about probable mistakes in module imports") \
  EXCEPTION(PendingDeprecationWarning, Warning, "Base class for warnings about features which will be deprecated\nin the future.") \
  EXCEPTION(ResourceWarning, Warning, "Base class for warnings about resource usage.") \
  EXCEPTION(RuntimeWarning, Warning, "Base class for warnings about dubious runtime behavior.") \
  EXCEPTION(SyntaxWarning, Warning, "Base class for warnings about dubious syntax.") \
  EXCEPTION(UnicodeWarning, Warning, "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.") \
  EXCEPTION(UserWarning, Warning, "Base class for warnings generated by user code.") \
  EXCEPTION(GeneratorExit, BaseException, "Request that a generator exit.") \
  EXCEPTION(KeyboardInterrupt, BaseException, "Program interrupted by user.") \
  EXCEPTION(SystemExit, BaseException, "Request to exit from the interpreter.")
// clang-format on

namespace krait {
extern "C" {
extern Class krt_BaseException_class;
#define EXCEPTION(Name, Base, Doc) extern Class krt_##Name##_class;
KRT_EXCEPTIONS(EXCEPTION)
#undef EXCEPTION
extern Class krt_ExceptionGroup_class; // bases (BaseExceptionGroup, Exception)
}
/// Spelled at raise sites: krt_raise(kTypeError, "...").
inline Class *const kBaseException = &krt_BaseException_class;
#define EXCEPTION(Name, Base, Doc) inline Class *const k##Name = &krt_##Name##_class;
KRT_EXCEPTIONS(EXCEPTION)
#undef EXCEPTION
} // namespace krait
