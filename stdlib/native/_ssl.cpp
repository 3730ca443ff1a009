// _ssl.cpp - see _ssl.h: the module's functions, memory BIOs and sessions.
#include "stdlib/native/_ssl.h"

#include "stdlib/native/_ssl_parts.h"
#include "stdlib/native/system_calls.h"

#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "stdlib/native/_ssl.bind.inc"

namespace krait {

namespace {

MemoryBio *bioOf(Value v) { return v.as<MemoryBio>(); }
SslSession *sessionOf(Value v) { return v.as<SslSession>(); }

Value randomBytes(int count) {
  if (count < 0)
    return krt_raise(kValueError, "num must be positive");
  openSslStart();
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(count)));
  if (::RAND_bytes(bytes->data, count) == 1)
    return bytes;
  unsigned long code = ::ERR_get_error();
  const char *reason = ::ERR_reason_error_string(code);
  Value args[2] = {krt_int_from_u64(code), textOrNone(reason)};
  return krt_raise_args(sslErrors.error, args, 2);
}

/// (nid, short name, long name, number) of an object.
Value objectTuple(const ASN1_OBJECT *object) {
  int nid = ::OBJ_obj2nid(object);
  if (nid == NID_undef)
    return krt_raise(kValueError, "Unknown object");
  char number[256];
  int size = ::OBJ_obj2txt(number, sizeof number, object, 1);
  if (size < 0)
    return raiseSslQueue(0);
  Value items[4] = {smallInt(nid), textOrNone(::OBJ_nid2sn(nid)), textOrNone(::OBJ_nid2ln(nid)),
                    size ? Value(strFrom(number)) : kNone};
  return krt_tuple_from(items, 4);
}

Value sessionCompare(Value a, Value b, CompareOp op) {
  if (!krt_instance(a, &krt_ssl_session_class) || !krt_instance(b, &krt_ssl_session_class) ||
      (op != CompareOp::Eq && op != CompareOp::Ne))
    return kNotImplemented;
  unsigned leftSize, rightSize;
  const unsigned char *left = ::SSL_SESSION_get_id(sessionOf(a)->session, &leftSize);
  const unsigned char *right = ::SSL_SESSION_get_id(sessionOf(b)->session, &rightSize);
  bool same = a == b || (leftSize == rightSize && std::memcmp(left, right, leftSize) == 0);
  return boolean(same == (op == CompareOp::Eq));
}

} // namespace

// ---- Functions --------------------------------------------------------------------------------------

Value krt__ssl_randAdd_py(Value string, double entropy) {
  openSslStart();
  std::string_view text;
  BytesLike bytes;
  if (strCheck(string)) {
    size_t size;
    const char *chars = TRY(krt_str_utf8(string.as<Str>(), &size));
    text = {chars, size};
  } else if (bytes.acquire_py(string)) {
    text = bytes.view();
  } else {
    return {};
  }
  for (size_t at = 0; at < text.size(); at += INT_MAX)
    ::RAND_add(text.data() + at, static_cast<int>(std::min<size_t>(text.size() - at, INT_MAX)), entropy);
  return kNone;
}
Value krt__ssl_randBytes_py(int count) { return randomBytes(count); }
Value krt__ssl_randPseudoBytes_py(int count) {
  if (krt_warn_py(kDeprecationWarning, 1, "ssl.RAND_pseudo_bytes() is deprecated") < 0)
    return {};
  Value items[2] = {TRY(randomBytes(count)), kTrue};
  return krt_tuple_from(items, 2);
}
bool krt__ssl_randStatus() {
  openSslStart();
  return ::RAND_status() == 1;
}

Value krt__ssl_testDecodeCert_py(Value path) {
  FsPath name;
  if (!name.parse_py(path, "_test_decode_cert"))
    return {};
  openSslStart();
  BIO *file = ::BIO_new_file(name.text, "rb");
  if (!file) {
    ::ERR_clear_error();
    return krt_raise(sslErrors.error, "Can't open file");
  }
  X509 *certificate = ::PEM_read_bio_X509(file, nullptr, nullptr, nullptr);
  ::BIO_free(file);
  if (!certificate) {
    ::ERR_clear_error();
    return krt_raise(sslErrors.error, "Error decoding PEM-encoded file");
  }
  Value decoded = decodeCertificate_py(certificate);
  ::X509_free(certificate);
  return decoded;
}

Value krt__ssl_getDefaultVerifyPaths() {
  Value items[4] = {strFrom(::X509_get_default_cert_file_env()), fsDecode(::X509_get_default_cert_file()),
                    strFrom(::X509_get_default_cert_dir_env()), fsDecode(::X509_get_default_cert_dir())};
  return krt_tuple_from(items, 4);
}

Value krt__ssl_nid2obj(int nid) {
  if (nid < NID_undef)
    return krt_raise(kValueError, "NID must be positive.");
  openSslStart();
  const ASN1_OBJECT *object = ::OBJ_nid2obj(nid);
  if (!object) {
    ::ERR_clear_error();
    return krt_raise(kValueError, "unknown NID %d", nid);
  }
  return objectTuple(object);
}

Value krt__ssl_txt2obj(Str *text, bool name) {
  size_t size;
  const char *chars = TRY(krt_str_utf8(text, &size));
  if (std::memchr(chars, 0, size))
    return krt_raise(kValueError, "embedded null character");
  openSslStart();
  ASN1_OBJECT *object = ::OBJ_txt2obj(chars, !name);
  if (!object) {
    ::ERR_clear_error();
    return krt_raise(kValueError, "unknown object '%.100s'", chars);
  }
  Value result = objectTuple(object);
  ::ASN1_OBJECT_free(object);
  return result;
}

// ---- MemoryBIO --------------------------------------------------------------------------------------

Value krt_memory_bio_create(Class *cls) {
  auto *self = newInstance<MemoryBio>(krt_memory_bio_class, cls);
  self->pipe = newPipe();
  krt_gc_set_release(self, [](Object *dead) { dropPipe(static_cast<MemoryBio *>(dead)->pipe); });
  return self;
}
Value krt_memory_bio_read(Value self, int64_t size) {
  auto left = static_cast<int64_t>(pipePending(bioOf(self)->pipe));
  if (size < 0 || size > left)
    size = left;
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  // A connection that another thread is in may have taken some meanwhile.
  return TRY(krt_bytes_shrink(bytes, pipeRead(bioOf(self)->pipe, bytes->data, static_cast<size_t>(size))));
}
Value krt_memory_bio_write_py(Value self, Value data) {
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  if (pipeEnded(bioOf(self)->pipe))
    return krt_raise(sslErrors.error, "cannot write() after write_eof()");
  pipeWrite(bioOf(self)->pipe, bytes.data(), static_cast<size_t>(bytes.size()));
  return smallInt(bytes.size());
}
Value krt_memory_bio_writeEof(Value self) {
  pipeEnd(bioOf(self)->pipe);
  return kNone;
}
int64_t krt_memory_bio_pending(Value self) { return static_cast<int64_t>(pipePending(bioOf(self)->pipe)); }
bool krt_memory_bio_eof(Value self) {
  return pipeEnded(bioOf(self)->pipe) && !pipePending(bioOf(self)->pipe);
}

// ---- SSLSession -------------------------------------------------------------------------------------

Value newSslSession(SSL_SESSION *session, SslContext *context) {
  auto *self = gcNew<SslSession>(krt_ssl_session_class);
  self->session = session;
  self->context = context;
  krt_gc_set_release(self,
                     [](Object *dead) { ::SSL_SESSION_free(static_cast<SslSession *>(dead)->session); });
  return self;
}
Value krt_ssl_session_id(Value self) {
  unsigned size;
  const unsigned char *id = ::SSL_SESSION_get_id(sessionOf(self)->session, &size);
  return krt_bytes_new(id, size);
}
int64_t krt_ssl_session_time(Value self) { return ::SSL_SESSION_get_time(sessionOf(self)->session); }
int64_t krt_ssl_session_timeout(Value self) { return ::SSL_SESSION_get_timeout(sessionOf(self)->session); }
int64_t krt_ssl_session_ticketLifetimeHint(Value self) {
  return static_cast<int64_t>(::SSL_SESSION_get_ticket_lifetime_hint(sessionOf(self)->session));
}
bool krt_ssl_session_hasTicket(Value self) { return ::SSL_SESSION_has_ticket(sessionOf(self)->session); }

extern "C" {
Class krt_memory_bio_class = {
    .nativeName = "_ssl.MemoryBIO",
    .basicSize = sizeof(MemoryBio),
    .slots = {.make = krt_memory_bio_make},
    .methods = krt_memory_bio_defs,
};
Class krt_ssl_session_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_ssl.SSLSession",
    .basicSize = sizeof(SslSession),
    .slots = {.richcompare = sessionCompare},
    .methods = krt_ssl_session_defs,
};
}

// ---- The module -------------------------------------------------------------------------------------

namespace {

constexpr ConstantRow constants[] = {
    {"SSL_ERROR_ZERO_RETURN", SSL_ERROR_ZERO_RETURN},
    {"SSL_ERROR_WANT_READ", SSL_ERROR_WANT_READ},
    {"SSL_ERROR_WANT_WRITE", SSL_ERROR_WANT_WRITE},
    {"SSL_ERROR_WANT_X509_LOOKUP", SSL_ERROR_WANT_X509_LOOKUP},
    {"SSL_ERROR_SYSCALL", SSL_ERROR_SYSCALL},
    {"SSL_ERROR_SSL", SSL_ERROR_SSL},
    {"SSL_ERROR_WANT_CONNECT", SSL_ERROR_WANT_CONNECT},
    {"SSL_ERROR_EOF", kSslErrorEof},
    {"SSL_ERROR_INVALID_ERROR_CODE", 10},
    {"CERT_NONE", 0},
    {"CERT_OPTIONAL", 1},
    {"CERT_REQUIRED", 2},
    {"VERIFY_DEFAULT", 0},
    {"VERIFY_CRL_CHECK_LEAF", X509_V_FLAG_CRL_CHECK},
    {"VERIFY_CRL_CHECK_CHAIN", X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL},
    {"VERIFY_X509_STRICT", X509_V_FLAG_X509_STRICT},
    {"VERIFY_ALLOW_PROXY_CERTS", X509_V_FLAG_ALLOW_PROXY_CERTS},
    {"VERIFY_X509_TRUSTED_FIRST", X509_V_FLAG_TRUSTED_FIRST},
    {"VERIFY_X509_PARTIAL_CHAIN", X509_V_FLAG_PARTIAL_CHAIN},
#define ALERT(name, code) {"ALERT_DESCRIPTION_" #name, SSL_AD_##code}
    ALERT(CLOSE_NOTIFY, CLOSE_NOTIFY),
    ALERT(UNEXPECTED_MESSAGE, UNEXPECTED_MESSAGE),
    ALERT(BAD_RECORD_MAC, BAD_RECORD_MAC),
    ALERT(RECORD_OVERFLOW, RECORD_OVERFLOW),
    ALERT(DECOMPRESSION_FAILURE, DECOMPRESSION_FAILURE),
    ALERT(HANDSHAKE_FAILURE, HANDSHAKE_FAILURE),
    ALERT(BAD_CERTIFICATE, BAD_CERTIFICATE),
    ALERT(UNSUPPORTED_CERTIFICATE, UNSUPPORTED_CERTIFICATE),
    ALERT(CERTIFICATE_REVOKED, CERTIFICATE_REVOKED),
    ALERT(CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRED),
    ALERT(CERTIFICATE_UNKNOWN, CERTIFICATE_UNKNOWN),
    ALERT(ILLEGAL_PARAMETER, ILLEGAL_PARAMETER),
    ALERT(UNKNOWN_CA, UNKNOWN_CA),
    ALERT(ACCESS_DENIED, ACCESS_DENIED),
    ALERT(DECODE_ERROR, DECODE_ERROR),
    ALERT(DECRYPT_ERROR, DECRYPT_ERROR),
    ALERT(PROTOCOL_VERSION, PROTOCOL_VERSION),
    ALERT(INSUFFICIENT_SECURITY, INSUFFICIENT_SECURITY),
    ALERT(INTERNAL_ERROR, INTERNAL_ERROR),
    ALERT(USER_CANCELLED, USER_CANCELLED),
    ALERT(NO_RENEGOTIATION, NO_RENEGOTIATION),
    ALERT(UNSUPPORTED_EXTENSION, UNSUPPORTED_EXTENSION),
    ALERT(CERTIFICATE_UNOBTAINABLE, CERTIFICATE_UNOBTAINABLE),
    ALERT(UNRECOGNIZED_NAME, UNRECOGNIZED_NAME),
    ALERT(BAD_CERTIFICATE_STATUS_RESPONSE, BAD_CERTIFICATE_STATUS_RESPONSE),
    ALERT(BAD_CERTIFICATE_HASH_VALUE, BAD_CERTIFICATE_HASH_VALUE),
    ALERT(UNKNOWN_PSK_IDENTITY, UNKNOWN_PSK_IDENTITY),
#undef ALERT
    {"PROTOCOL_SSLv23", kProtocolTls},
    {"PROTOCOL_TLS", kProtocolTls},
    {"PROTOCOL_TLS_CLIENT", kProtocolClient},
    {"PROTOCOL_TLS_SERVER", kProtocolServer},
    {"PROTOCOL_TLSv1", kProtocolTls1},
    {"PROTOCOL_TLSv1_1", kProtocolTls11},
    {"PROTOCOL_TLSv1_2", kProtocolTls12},
    {"OP_ALL", static_cast<int64_t>(SSL_OP_ALL & ~SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS)},
    {"OP_NO_SSLv2", SSL_OP_NO_SSLv2},
    {"OP_NO_SSLv3", SSL_OP_NO_SSLv3},
    {"OP_NO_TLSv1", SSL_OP_NO_TLSv1},
    {"OP_NO_TLSv1_1", SSL_OP_NO_TLSv1_1},
    {"OP_NO_TLSv1_2", SSL_OP_NO_TLSv1_2},
    {"OP_NO_TLSv1_3", SSL_OP_NO_TLSv1_3},
    {"OP_CIPHER_SERVER_PREFERENCE", SSL_OP_CIPHER_SERVER_PREFERENCE},
    {"OP_SINGLE_DH_USE", SSL_OP_SINGLE_DH_USE},
    {"OP_NO_TICKET", SSL_OP_NO_TICKET},
    {"OP_SINGLE_ECDH_USE", SSL_OP_SINGLE_ECDH_USE},
    {"OP_NO_COMPRESSION", SSL_OP_NO_COMPRESSION},
    {"OP_ENABLE_MIDDLEBOX_COMPAT", SSL_OP_ENABLE_MIDDLEBOX_COMPAT},
    {"OP_NO_RENEGOTIATION", SSL_OP_NO_RENEGOTIATION},
    {"OP_IGNORE_UNEXPECTED_EOF", SSL_OP_IGNORE_UNEXPECTED_EOF},
    {"HOSTFLAG_ALWAYS_CHECK_SUBJECT", X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT},
    {"HOSTFLAG_NEVER_CHECK_SUBJECT", X509_CHECK_FLAG_NEVER_CHECK_SUBJECT},
    {"HOSTFLAG_NO_WILDCARDS", X509_CHECK_FLAG_NO_WILDCARDS},
    {"HOSTFLAG_NO_PARTIAL_WILDCARDS", X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS},
    {"HOSTFLAG_MULTI_LABEL_WILDCARDS", X509_CHECK_FLAG_MULTI_LABEL_WILDCARDS},
    {"HOSTFLAG_SINGLE_LABEL_SUBDOMAINS", X509_CHECK_FLAG_SINGLE_LABEL_SUBDOMAINS},
    {"ENCODING_PEM", 1},
    {"ENCODING_DER", 2},
    {"PROTO_MINIMUM_SUPPORTED", -2},
    {"PROTO_MAXIMUM_SUPPORTED", -1},
    {"PROTO_SSLv3", SSL3_VERSION},
    {"PROTO_TLSv1", TLS1_VERSION},
    {"PROTO_TLSv1_1", TLS1_1_VERSION},
    {"PROTO_TLSv1_2", TLS1_2_VERSION},
    {"PROTO_TLSv1_3", TLS1_3_VERSION},
};

struct FeatureRow {
  const char *name;
  bool value;
};
#ifdef OPENSSL_NO_SSL3_METHOD
constexpr bool kHasSsl3 = false;
#else
constexpr bool kHasSsl3 = true;
#endif
constexpr FeatureRow features[] = {
    {"HAS_SNI", true},     {"HAS_TLS_UNIQUE", true}, {"HAS_ECDH", true},      {"HAS_NPN", false},
    {"HAS_ALPN", true},    {"HAS_SSLv2", false},     {"HAS_SSLv3", kHasSsl3}, {"HAS_TLSv1", true},
    {"HAS_TLSv1_1", true}, {"HAS_TLSv1_2", true},    {"HAS_TLSv1_3", true},
};

/// (major, minor, fix, patch, status) as OPENSSL_VERSION_INFO has them.
Value versionTuple(unsigned long number) {
  Value items[5];
  int shifts[5] = {28, 20, 12, 4, 0};
  for (int i = 0; i < 5; ++i)
    items[i] = smallInt(static_cast<int64_t>(number >> shifts[i] & (i == 4 || i == 0 ? 0xf : 0xff)));
  return krt_tuple_from(items, 5);
}

} // namespace

bool krt__ssl_init(Module *module) {
  for (Class *cls : {&krt_memory_bio_class, &krt_ssl_context_class, &krt_ssl_socket_class,
                     &krt_ssl_session_class, &krt_ssl_certificate_class})
    addClass(module, cls);
  if (!addSslErrors(module))
    return false;
  addConstants(module, constants, std::size(constants));
  for (const FeatureRow &row : features)
    krt_dict_set_str(module->dict, strIntern(row.name), boolean(row.value));
  krt_dict_set_str(module->dict, KSTR(_DEFAULT_CIPHERS), strFrom(OSSL_default_cipher_list()));
  unsigned long number = ::OpenSSL_version_num();
  krt_dict_set_str(module->dict, KSTR(OPENSSL_VERSION_NUMBER), krt_int_from_u64(number));
  krt_dict_set_str(module->dict, KSTR(OPENSSL_VERSION_INFO), versionTuple(number));
  krt_dict_set_str(module->dict, KSTR(OPENSSL_VERSION), strFrom(::OpenSSL_version(OPENSSL_VERSION)));
  krt_dict_set_str(module->dict, KSTR(_OPENSSL_API_VERSION), versionTuple(number));
  return true;
}

} // namespace krait
