// openssl_start.cpp - see openssl_start.h.
#include "stdlib/native/openssl_start.h"

#include "runtime/gc/gc.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <malloc.h>
#include <string>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>

namespace krait {

namespace {

void *allocate(size_t size, const char *, int) { return size ? krt_gc_outside_allocate(size) : nullptr; }
void release(void *memory, const char *, int) {
  if (memory)
    krt_gc_outside_free(memory);
}
void *reallocate(void *memory, size_t size, const char *file, int line) {
  if (!size) {
    release(memory, file, line);
    return nullptr;
  }
  size_t had = memory ? ::malloc_usable_size(memory) : 0;
  if (had >= size && had / 2 <= size)
    return memory;
  void *grown = allocate(size, file, line);
  if (grown && memory) {
    std::memcpy(grown, memory, had < size ? had : size);
    release(memory, file, line);
  }
  return grown;
}

/// Is there a line that activates a provider, or leads to another file, and is not commented out?
bool activates(const std::string &file) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    size_t at = line.find_first_not_of(" \t");
    if (at != std::string::npos && (!line.compare(at, 8, "activate") || !line.compare(at, 8, ".include")))
      return true;
  }
  return false;
}

} // namespace

void openSslStart() {
  static const bool started = [] {
    ::CRYPTO_set_mem_functions(allocate, reallocate, release);
    return ::OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_LOAD_CONFIG, nullptr) == 1;
  }();
  (void)started;
}

Value raiseOpenSsl(Class *cls) {
  unsigned long code = ::ERR_peek_last_error();
  ::ERR_clear_error();
  if (ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE)
    return krt_raise_memory();
  const char *library = ::ERR_lib_error_string(code), *reason = ::ERR_reason_error_string(code);
  if (!reason)
    return krt_raise(cls, "no reason supplied");
  return library ? krt_raise(cls, "[%s] %s", library, reason) : krt_raise(cls, "%s", reason);
}

bool openSslIsConfigured() {
  static const bool configured = [] {
    return ::getenv("OPENSSL_CONF") ||
           activates(std::string(::X509_get_default_cert_area()) + "/openssl.cnf");
  }();
  return configured;
}

} // namespace krait
