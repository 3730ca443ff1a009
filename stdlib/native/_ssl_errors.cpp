// _ssl_errors.cpp - see _ssl_parts.h: the exceptions, and what the library's codes are called (tables made of
// its headers).
#include "stdlib/native/_ssl_parts.h"

#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "stdlib/native/_ssl_socket.h"

#include <openssl/x509_vfy.h>

namespace krait {

SslErrors sslErrors;

namespace {

struct LibraryRow {
  int number;
  const char *name;
};
struct ReasonRow {
  int library, number;
  const char *name;
};
constexpr LibraryRow libraries[] = {
#define LIBRARY(number, name) {number, name},
#define REASON(library, number, name)
#include "openssl_reasons.inc"
#undef LIBRARY
#undef REASON
};
constexpr ReasonRow reasons[] = {
#define LIBRARY(number, name)
#define REASON(library, number, name) {library, number, name},
#include "openssl_reasons.inc"
#undef LIBRARY
#undef REASON
};

const char *libraryName(unsigned long code) {
  for (const LibraryRow &row : libraries)
    if (code && row.number == ERR_GET_LIB(code))
      return row.name;
  return nullptr;
}
const char *reasonName(unsigned long code) {
  for (const ReasonRow &row : reasons)
    if (code && row.library == ERR_GET_LIB(code) && row.number == ERR_GET_REASON(code))
      return row.name;
  return nullptr;
}

/// What the verification of a peer's certificate found wrong.
Str *verificationText(SslSocket *socket, long result) {
  const char *kind = result == X509_V_ERR_HOSTNAME_MISMATCH     ? "Hostname"
                     : result == X509_V_ERR_IP_ADDRESS_MISMATCH ? "IP address"
                                                                : nullptr;
  if (kind)
    return krt_str_format("%s mismatch, certificate is not valid for '%S'.", kind, socket->serverHostname);
  return strFrom(::X509_verify_cert_error_string(result));
}

Str *messageText(const SslFailure &failure, const char *text, Str *verification) {
  const char *library = libraryName(failure.code), *reason = reasonName(failure.code);
  StrBuilder out;
  if (library) {
    out.append(std::string_view("["));
    out.append(std::string_view(library));
    if (reason) {
      out.append(std::string_view(": "));
      out.append(std::string_view(reason));
    }
    out.append(std::string_view("] "));
  }
  out.append(std::string_view(text));
  if (library && reason && verification) {
    out.append(std::string_view(": "));
    out.append(verification);
  }
  out.append(krt_str_format(" (_ssl.c:%d)", failure.line));
  return out.finish();
}

/// str() of an SSLError: its text, or all its arguments if it has none.
Value errorText(Value self) {
  KRT_ALLOW_PY("only a program's own arguments may have code of theirs");
  auto *error = self.as<OSErrorObject>();
  return error->text && strCheck(error->text) ? error->text : Value(krt_str_of_py(error->args));
}
/// Gives the class its own `__str__`, as native classes have one.
void setText(Class *cls) {
  auto *inherited = krt_dict_get_str(krt_OSError_class.dict, KSTR(__str__)).as<NativeFunction>();
  auto *wrapper = gcNew<NativeFunction>(krt_slot_wrapper_class);
  wrapper->def = inherited->def;
  wrapper->cls = cls;
  cls->slots.str = errorText;
  krt_dict_set_str(cls->dict, KSTR(__str__), wrapper);
  krt_class_modified(cls, KSTR(__str__));
  cls->flags |= kClassImmutable;
}

bool addError(Module *module, Class **slot, const char *name, Value bases, const char *doc) {
  KRT_ALLOW_PY("the bases are native exception classes, without __init_subclass__ of their own");
  if (!*slot) {
    Dict *ns = krt_dict_new();
    krt_dict_set_str(ns, KSTR(__module__), KSTR(ssl));
    krt_dict_set_str(ns, KSTR(__doc__), strFrom(doc));
    Value made = krt_class_make_py(&krt_type_class, strIntern(name), bases.as<Tuple>(), ns, nullptr, nullptr);
    if (!made)
      return false;
    *slot = made.as<Class>();
    if (slot == &sslErrors.error)
      setText(*slot);
  }
  krt_dict_set_str(module->dict, strIntern(name), *slot);
  return true;
}

Value pairOf(Value a, Value b) {
  Value items[2] = {a, b};
  return krt_tuple_from(items, 2);
}

/// Names by codes, and codes by names.
bool addTables(Module *module) {
  KRT_ALLOW_PY("keys are exact strings and numbers");
  Dict *names = krt_dict_new(), *codes = krt_dict_new(), *libraryNames = krt_dict_new();
  for (const ReasonRow &row : reasons) {
    Str *name = strIntern(row.name);
    Value code = pairOf(smallInt(row.library), smallInt(row.number));
    if (krt_dict_set_py(names, code, name) < 0)
      return false;
    krt_dict_set_str(codes, name, code);
  }
  for (const LibraryRow &row : libraries)
    if (krt_dict_set_py(libraryNames, smallInt(row.number), strIntern(row.name)) < 0)
      return false;
  krt_dict_set_str(module->dict, KSTR(err_codes_to_names), names);
  krt_dict_set_str(module->dict, KSTR(err_names_to_codes), codes);
  krt_dict_set_str(module->dict, KSTR(lib_codes_to_names), libraryNames);
  return true;
}

} // namespace

Value raiseSsl(const SslFailure &failure) {
  KRT_ALLOW_PY("the classes are plain native exception classes");
  const char *text = failure.text   ? failure.text
                     : failure.code ? ::ERR_reason_error_string(failure.code)
                                    : nullptr;
  const char *library = libraryName(failure.code), *reason = reasonName(failure.code);
  Str *verification = nullptr;
  long result = X509_V_OK;
  if (failure.cls == sslErrors.verification && failure.socket) {
    result = ::SSL_get_verify_result(failure.socket->handle->ssl);
    verification = verificationText(failure.socket, result);
  }
  ::ERR_clear_error();
  Value args[2] = {smallInt(failure.number),
                   messageText(failure, text ? text : "unknown error", verification)};
  Value exception = TRY(krt_call_py(failure.cls, args, 2, nullptr));
  krt_setattr_py(exception, KSTR(reason), textOrNone(reason));
  krt_setattr_py(exception, KSTR(library), textOrNone(library));
  if (verification) {
    krt_setattr_py(exception, KSTR(verify_code), smallInt(result));
    krt_setattr_py(exception, KSTR(verify_message), verification);
  }
  return krt_raise_value(exception);
}

bool addSslErrors(Module *module) {
  SslErrors &e = sslErrors;
  auto basesOf = [](Value base, Value second = {}) {
    Value bases[2] = {base, second};
    return Value(krt_tuple_from(bases, second ? 2 : 1));
  };
  return addError(module, &e.error, "SSLError", basesOf(kOSError),
                  "An error occurred in the SSL implementation.") &&
         addError(module, &e.verification, "SSLCertVerificationError", basesOf(e.error, kValueError),
                  "A certificate could not be verified.") &&
         addError(module, &e.zeroReturn, "SSLZeroReturnError", basesOf(e.error),
                  "SSL/TLS session closed cleanly.") &&
         addError(module, &e.wantWrite, "SSLWantWriteError", basesOf(e.error),
                  "Non-blocking SSL socket needs to write more data\nbefore the requested operation can be "
                  "completed.") &&
         addError(module, &e.wantRead, "SSLWantReadError", basesOf(e.error),
                  "Non-blocking SSL socket needs to read more data\nbefore the requested operation can be "
                  "completed.") &&
         addError(module, &e.syscall, "SSLSyscallError", basesOf(e.error),
                  "System error when attempting SSL operation.") &&
         addError(module, &e.eof, "SSLEOFError", basesOf(e.error),
                  "SSL/TLS connection terminated abruptly.") &&
         addTables(module);
}

} // namespace krait
