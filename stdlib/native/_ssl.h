// _ssl.h - the module _ssl: functions, memory BIOs and sessions. Contexts, connections and certificates have
// headers of their own.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

#include <cstdio>

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_session_st SSL_SESSION;
typedef struct x509_st X509;

namespace krait {

struct SslPipe;
struct SslHandle;

struct MemoryBio : Object {
  SslPipe *pipe;
};
struct SslContext : Object {
  SSL_CTX *ctx;
  int32_t protocol;
  uint32_t hostFlags;
  bool checkHostname, postHandshakeAuth;
  Bytes *alpn;        // protocols on offer, or null
  Value onServerName; // sni_callback, null: none
  Value onMessage;    // _msg_callback, null: none
  Value keylogName;   // null: none
  std::FILE *keylog;  // open while there is a name
};
struct SslSocket : Object {
  SslHandle *handle;
  Value socket; // a weak reference; null: over memory BIOs
  Value owner;  // a weak reference, or null
  SslContext *context;
  void **first; // a weak link to the one that it was made in, once it has another; or null
  Value serverHostname;
  Value callbackError; // raised when the call that the callback was made in ends; or null
  bool server;
};
struct SslSession : Object {
  SSL_SESSION *session;
  SslContext *context;
};
struct SslCertificate : Object {
  X509 *certificate;
};

KRT_MODULE(_ssl,
           "Implementation module for SSL socket operations.  See the socket module\nfor documentation.");

extern "C" {
extern Class krt_memory_bio_class, krt_ssl_context_class, krt_ssl_socket_class, krt_ssl_session_class,
    krt_ssl_certificate_class;
KRT_MODULE_INIT(_ssl, KRT_RAISES, KRT_COLLECTS) bool krt__ssl_init(Module *module);

/// Mix string into the OpenSSL PRNG state.
///
/// entropy (a float) is a lower bound on the entropy contained in
/// string.  See RFC 4086.
KRT_FUNCTION(_ssl, "RAND_add(string, entropy, /)", KRT_RUNS_PY)
Value krt__ssl_randAdd_py(Value string, double entropy);
/// Generate n cryptographically strong pseudo-random bytes.
KRT_FUNCTION(_ssl, "RAND_bytes(n, /)", KRT_RUNS_PY) Value krt__ssl_randBytes_py(int n);
/// Generate n pseudo-random bytes.
///
/// Return a pair (bytes, is_cryptographic).  is_cryptographic is True
/// if the bytes generated are cryptographically strong.
KRT_FUNCTION(_ssl, "RAND_pseudo_bytes(n, /)", KRT_RUNS_PY) Value krt__ssl_randPseudoBytes_py(int n);
/// Returns True if the OpenSSL PRNG has been seeded with enough data and False if not.
///
/// It is necessary to seed the PRNG with RAND_add() on some platforms before
/// using the ssl() function.
KRT_FUNCTION(_ssl, "RAND_status()", KRT_RAISES, KRT_COLLECTS) bool krt__ssl_randStatus();
KRT_FUNCTION(_ssl, "_test_decode_cert(path, /)", KRT_RUNS_PY) Value krt__ssl_testDecodeCert_py(Value path);
/// Return search paths and environment vars that are used by SSLContext's set_default_verify_paths() to load
/// default CAs.
///
/// The values are 'cert_file_env', 'cert_file', 'cert_dir_env', 'cert_dir'.
KRT_FUNCTION(_ssl, "get_default_verify_paths()", KRT_RAISES, KRT_COLLECTS)
Value krt__ssl_getDefaultVerifyPaths();
/// Lookup NID, short name, long name and OID of an ASN1_OBJECT by NID.
KRT_FUNCTION(_ssl, "nid2obj(nid, /)", KRT_RAISES, KRT_COLLECTS) Value krt__ssl_nid2obj(int nid);
/// Lookup NID, short name, long name and OID of an ASN1_OBJECT.
///
/// By default objects are looked up by OID. With name=True short and
/// long name are also matched.
KRT_FUNCTION(_ssl, "txt2obj(txt, name=False)", KRT_RAISES, KRT_COLLECTS)
Value krt__ssl_txt2obj(Str *txt, bool name);

KRT_NEW(memory_bio, "MemoryBIO()", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_bio_create(Class *cls);
/// Read up to size bytes from the memory BIO.
///
/// If size is not specified, read the entire buffer.
/// If the return value is an empty bytes instance, this means either
/// EOF or that no data is available. Use the "eof" property to
/// distinguish between the two.
KRT_METHOD(memory_bio, "read(self, size=-1, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_memory_bio_read(Value self, int64_t size);
/// Writes the bytes b into the memory BIO.
///
/// Returns the number of bytes written.
KRT_METHOD(memory_bio, "write(self, b, /)", KRT_RUNS_PY) Value krt_memory_bio_write_py(Value self, Value b);
/// Write an EOF marker to the memory BIO.
///
/// When all data has been read, the "eof" property will be True.
KRT_METHOD(memory_bio, "write_eof(self, /)") Value krt_memory_bio_writeEof(Value self);
/// The number of bytes pending in the memory BIO.
KRT_GETTER(memory_bio, "pending") int64_t krt_memory_bio_pending(Value self);
/// Whether the memory BIO is at EOF.
KRT_GETTER(memory_bio, "eof") bool krt_memory_bio_eof(Value self);

/// Session id
KRT_GETTER(ssl_session, "id", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_session_id(Value self);
/// Session creation time (seconds since epoch).
KRT_GETTER(ssl_session, "time") int64_t krt_ssl_session_time(Value self);
/// Session timeout (delta in seconds).
KRT_GETTER(ssl_session, "timeout") int64_t krt_ssl_session_timeout(Value self);
/// Ticket life time hint.
KRT_GETTER(ssl_session, "ticket_lifetime_hint") int64_t krt_ssl_session_ticketLifetimeHint(Value self);
/// Does the session contain a ticket?
KRT_GETTER(ssl_session, "has_ticket") bool krt_ssl_session_hasTicket(Value self);
}

} // namespace krait
