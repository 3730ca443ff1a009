// _ssl_context.cpp - see _ssl_context.h. What the library calls back comes with a connection (its app data);
// the context is the one that the connection has at that time.
#include "stdlib/native/_ssl_context.h"
#include "runtime/gc/closer.h"

#include "stdlib/native/_socket.h"
#include "stdlib/native/_ssl_parts.h"
#include "stdlib/native/system_calls.h"

#include <cstdio>
#include <string>

#include <openssl/dh.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "stdlib/native/_ssl_context.bind.inc"

namespace krait {

namespace {

SslContext *contextOf(Value v) { return v.as<SslContext>(); }

bool notDeletable(Value value) {
  if (value)
    return true;
  krt_raise(kTypeError, "function takes at least one argument");
  return false;
}

// ---- Making one -------------------------------------------------------------------------------------

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
const SSL_METHOD *methodOf(int64_t protocol) {
  switch (protocol) {
  case kProtocolTls:
    return ::TLS_method();
  case kProtocolTls1:
    return ::TLSv1_method();
  case kProtocolTls11:
    return ::TLSv1_1_method();
  case kProtocolTls12:
    return ::TLSv1_2_method();
  case kProtocolClient:
    return ::TLS_client_method();
  case kProtocolServer:
    return ::TLS_server_method();
  default:
    return nullptr;
  }
}
#pragma clang diagnostic pop

const char *oldProtocol(int64_t protocol) {
  switch (protocol) {
  case kProtocolTls:
    return "PROTOCOL_TLS";
  case kProtocolTls1:
    return "PROTOCOL_TLSv1";
  case kProtocolTls11:
    return "PROTOCOL_TLSv1_1";
  case kProtocolTls12:
    return "PROTOCOL_TLSv1_2";
  default:
    return nullptr;
  }
}

int setVerifyMode(SslContext *self, int mode) {
  constexpr int modes[] = {SSL_VERIFY_NONE, SSL_VERIFY_PEER,
                           SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT};
  if (mode < 0 || mode > 2)
    return raiseInt(kValueError, "invalid value for verify_mode");
  if (mode == 0 && self->checkHostname)
    return raiseInt(kValueError, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
  ::SSL_CTX_set_verify(self->ctx, modes[mode], nullptr);
  return 0;
}

void endContext(Value v) {
  auto *self = contextOf(v);
  ::SSL_CTX_free(self->ctx);
  if (self->keylog)
    std::fclose(self->keylog);
  self->ctx = nullptr;
  self->keylog = nullptr;
}

Value makeContext(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  if (kwnames && kwnames->length && cls == &krt_ssl_context_class)
    return krt_raise(kTypeError, "_SSLContext() takes no keyword arguments");
  if (nargs != 1)
    return krt_raise(kTypeError, "_SSLContext expected 1 argument, got %zu", nargs);
  int64_t number;
  if (!intArgument_py(args[0], &number))
    return {};
  auto protocol = static_cast<int>(number);
  const SSL_METHOD *method = methodOf(protocol);
  if (!method)
    return krt_raise(kValueError, "invalid or unsupported protocol version %d", protocol);
  if (const char *old = oldProtocol(protocol);
      old && krt_warn_py(kDeprecationWarning, 2, "ssl.%s is deprecated", old) < 0)
    return {};
  openSslStart();
  krt_gc_outside_settle();
  auto *self = newInstance<SslContext>(krt_ssl_context_class, cls);
  self->ctx = [&] {
    LockReleased released;
    return ::SSL_CTX_new(method);
  }();
  if (!self->ctx)
    return raiseSslQueue(3050);
  if (!(cls->flags & kClassHasDel))
    krt_gc_set_closer(self, [](Object *dead) { dead->shape->cls->slots.finalize(dead); });
  self->protocol = protocol;
  self->hostFlags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  self->checkHostname = protocol == kProtocolClient;
  if (setVerifyMode(self, protocol == kProtocolClient ? 2 : 0) < 0)
    return {};
  // No compression: it tells of the contents (CRIME). The server's order of ciphers, no SSL 3; an end without
  // notice is an end, as many servers have it.
  uint64_t options = (SSL_OP_ALL & ~SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS) | SSL_OP_NO_SSLv3 |
                     SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_SINGLE_DH_USE |
                     SSL_OP_SINGLE_ECDH_USE | SSL_OP_IGNORE_UNEXPECTED_EOF;
  ::SSL_CTX_set_options(self->ctx, options);
  SSL_CTX_set_mode(self->ctx, SSL_MODE_RELEASE_BUFFERS);
  static const unsigned char sessions[] = "Python";
  ::SSL_CTX_set_session_id_context(self->ctx, sessions, sizeof sessions);
  X509_VERIFY_PARAM *parameters = ::SSL_CTX_get0_param(self->ctx);
  ::X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_TRUSTED_FIRST);
  ::X509_VERIFY_PARAM_set_hostflags(parameters, self->hostFlags);
  ::SSL_CTX_set_post_handshake_auth(self->ctx, 0);
  ::ERR_clear_error();
  return self;
}

// ---- Callbacks --------------------------------------------------------------------------------------

/// The object that Python knows the connection by: its owner, its socket or itself; null if that is gone.
Value ownerOf(SslSocket *socket) {
  if (socket->owner)
    return krt_weakref_get(socket->owner.as<WeakRef>());
  return socket->socket ? krt_weakref_get(socket->socket.as<WeakRef>()) : Value(socket);
}

int onServerName(SSL *ssl, int *alert, void *) {
  LibraryCallback scope;
  SslSocket *socket = socketOfSsl(ssl);
  SslContext *context = firstContext(socket);
  Value callback = context ? context->onServerName : Value();
  if (!callback)
    return SSL_TLSEXT_ERR_OK;
  const char *name = ::SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  Value owner = ownerOf(socket), text = kNone;
  if (!owner) {
    *alert = SSL_AD_INTERNAL_ERROR;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  if (name) {
    text = krt_codec_decode_py(krt_bytes_new(name, std::strlen(name)), "ascii", "strict");
    if (!text) {
      krt_error_unraisable(krt_bytes_new(name, std::strlen(name)));
      *alert = SSL_AD_INTERNAL_ERROR;
      return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
  }
  Value result = krt_call3_py(callback, owner, text, context);
  if (!result) {
    krt_error_unraisable(callback);
    *alert = SSL_AD_HANDSHAKE_FAILURE;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  if (result == kNone)
    return SSL_TLSEXT_ERR_OK;
  int64_t code = krt_index_i64_py(result, kOverflowError);
  if (code == -1 && errorPending()) {
    krt_error_unraisable(result);
    code = SSL_AD_INTERNAL_ERROR;
  }
  *alert = static_cast<int>(code);
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int onAlpn(SSL *ssl, const unsigned char **out, unsigned char *outSize, const unsigned char *client,
           unsigned clientSize, void *) {
  Bytes *offered = socketOfSsl(ssl)->context->alpn;
  if (!offered || !offered->length)
    return SSL_TLSEXT_ERR_NOACK;
  int found = ::SSL_select_next_proto(const_cast<unsigned char **>(out), outSize, offered->data,
                                      static_cast<unsigned>(offered->length), client, clientSize);
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void onKeylog(const SSL *ssl, const char *line) {
  LibraryCallback scope;
  SslSocket *socket = socketOfSsl(ssl);
  std::FILE *file = socket->context->keylog;
  if (!file || (std::fprintf(file, "%s\n", line) >= 0 && std::fflush(file) == 0))
    return;
  krt_raise_errno(errno, socket->context->keylogName, {});
  keepCallbackError(socket);
}

/// The type of a message, and for headers of frames its version: where the protocol's formats have them.
int messageType(int content, const unsigned char *data, size_t size, int *version) {
  switch (content) {
  case SSL3_RT_CHANGE_CIPHER_SPEC:
    return SSL3_MT_CHANGE_CIPHER_SPEC;
  case SSL3_RT_ALERT:
    return size > 1 ? data[1] : -1;
  case SSL3_RT_HANDSHAKE:
  case SSL3_RT_INNER_CONTENT_TYPE:
    return size ? data[0] : -1;
  case SSL3_RT_HEADER:
    if (size > 2)
      *version = data[1] << 8 | data[2];
    return size ? data[0] : -1;
  default:
    return -1;
  }
}

void onMessage(int written, int version, int content, const void *data, size_t size, SSL *ssl, void *) {
  LibraryCallback scope;
  SslSocket *socket = socketOfSsl(ssl);
  Value callback = socket->context->onMessage, owner = ownerOf(socket);
  if (!callback || !owner || socket->callbackError)
    return;
  int type = messageType(content, static_cast<const unsigned char *>(data), size, &version);
  Value args[6] = {owner,
                   strFrom(written ? "write" : "read"),
                   smallInt(version),
                   smallInt(content),
                   smallInt(type),
                   krt_bytes_new(data, size)};
  if (!krt_call_py(callback, args, 6, nullptr))
    keepCallbackError(socket);
}

// ---- Certificates and keys --------------------------------------------------------------------------

/// Where a pass phrase comes from: [callable], or else [text].
struct PassPhrase {
  Value callable, text;
  bool failed = false; // an exception is pending
};

/// The bytes of a pass phrase; false with an exception pending.
bool passPhraseBytes(Value given, const char *otherwise, std::string_view *out) {
  if (strCheck(given)) {
    size_t size;
    const char *chars = krt_str_utf8(given.as<Str>(), &size);
    if (!chars)
      return false;
    *out = {chars, size};
  } else if (bytesCheck(given)) {
    *out = bytesView(given.as<Bytes>());
  } else if (byteArrayCheck(given)) {
    *out = {reinterpret_cast<const char *>(given.as<ByteArray>()->data),
            static_cast<size_t>(given.as<ByteArray>()->length)};
  } else {
    krt_raise(kTypeError, otherwise);
    return false;
  }
  return true;
}

int onPassPhrase(char *buffer, int size, int, void *user) {
  LibraryCallback scope;
  auto *phrase = static_cast<PassPhrase *>(user);
  std::string_view text;
  phrase->failed = true;
  if (errorPending())
    return -1;
  Value given = phrase->callable ? krt_call0_py(phrase->callable) : phrase->text;
  if (!given || !passPhraseBytes(given,
                                 phrase->callable ? "password callback must return a string"
                                                  : "password should be a string or callable",
                                 &text))
    return -1;
  if (text.size() > static_cast<size_t>(size)) {
    krt_raise(kValueError, "password cannot be longer than %d bytes", size);
    return -1;
  }
  std::memcpy(buffer, text.data(), text.size());
  phrase->failed = false;
  return static_cast<int>(text.size());
}

/// A path as os.fsencode() takes it; false with an exception pending.
bool filePath_py(Value given, FsPath *path) {
  Value self;
  if (strCheck(given) || bytesCheck(given) || krt_special_lookup_py(given, KSTR(__fspath__), &self))
    return path->parse_py(given, "fsencode");
  if (!errorPending())
    krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", given);
  return false;
}

/// A path that may be None (null then); false with an exception pending.
bool pathOrNone_py(Value given, const char *what, FsPath *path) {
  if (!given || given == kNone)
    return true;
  if (filePath_py(given, path))
    return true;
  if (krt_error_clear_if(kTypeError))
    krt_raise(kTypeError, "%s should be a valid filesystem path", what);
  return false;
}

/// What a call that reads files failed of: the system or the library. Always null.
Value raiseFileOrQueue(int error, int line) {
  if (!error)
    return raiseSslQueue(line);
  ::ERR_clear_error();
  return krt_raise_errno(error, {}, {});
}

/// Certificates in text or in DER are added to the store; false with an exception pending.
bool addCertificates(SslContext *self, const void *data, size_t size, bool text) {
  if (!size) {
    krt_raise(kValueError, "Empty certificate data");
    return false;
  }
  if (size > INT_MAX) {
    krt_raise(kOverflowError, "Certificate data is too long.");
    return false;
  }
  ::ERR_clear_error();
  BIO *bio = ::BIO_new_mem_buf(data, static_cast<int>(size));
  X509_STORE *store = ::SSL_CTX_get_cert_store(self->ctx);
  pem_password_cb *phrase = ::SSL_CTX_get_default_passwd_cb(self->ctx);
  void *phraseData = ::SSL_CTX_get_default_passwd_cb_userdata(self->ctx);
  int loaded = 0;
  bool failed = false;
  while (!failed) {
    X509 *certificate =
        text ? ::PEM_read_bio_X509(bio, nullptr, phrase, phraseData) : ::d2i_X509_bio(bio, nullptr);
    if (!certificate)
      break;
    if (::X509_STORE_add_cert(store, certificate) != 1) {
      unsigned long code = ::ERR_peek_last_error();
      if (ERR_GET_LIB(code) == ERR_LIB_X509 && ERR_GET_REASON(code) == X509_R_CERT_ALREADY_IN_HASH_TABLE)
        ::ERR_clear_error();
      else
        failed = true;
    }
    ::X509_free(certificate);
    ++loaded;
  }
  ::BIO_free(bio);
  unsigned long code = ::ERR_peek_last_error();
  if (!loaded) {
    raiseSsl({.text = text ? "no start line: cadata does not contain a certificate"
                           : "not enough data: cadata does not contain a certificate",
              .line = 3992});
    return false;
  }
  bool atEnd = text ? ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE
                    : ERR_GET_LIB(code) == ERR_LIB_ASN1 && ERR_GET_REASON(code) == ASN1_R_HEADER_TOO_LONG;
  if (code && !(atEnd && !failed)) {
    raiseSslQueue(4006);
    return false;
  }
  ::ERR_clear_error();
  return true;
}

/// cadata: text or bytes.
bool addCertificateData_py(SslContext *self, Value data) {
  if (strCheck(data)) {
    size_t size;
    if (!data.as<Str>()->isAscii()) {
      krt_raise(kTypeError, "cadata should be an ASCII string or a bytes-like object");
      return false;
    }
    const char *chars = krt_str_utf8(data.as<Str>(), &size);
    return addCertificates(self, chars, size, true);
  }
  if (!krt_buffer_check(data)) {
    krt_raise(kTypeError, "cadata should be an ASCII string or a bytes-like object");
    return false;
  }
  BytesLike bytes;
  return bytes.acquire_py(data) &&
         addCertificates(self, bytes.data(), static_cast<size_t>(bytes.size()), false);
}

// ---- Ciphers ----------------------------------------------------------------------------------------

Value cipherDict(const SSL_CIPHER *cipher) {
  Dict *dict = krt_dict_new();
  auto set = [&](const char *key, Value value) { krt_dict_set_str(dict, strIntern(key), value); };
  auto name = [](int nid) { return nid == NID_undef ? kNone : textOrNone(::OBJ_nid2ln(nid)); };
  char description[512] = "";
  ::SSL_CIPHER_description(cipher, description, sizeof description - 1);
  size_t size = std::strlen(description);
  if (size && description[size - 1] == '\n')
    description[size - 1] = 0;
  int algorithmBits, bits = ::SSL_CIPHER_get_bits(cipher, &algorithmBits);
  set("id", smallInt(static_cast<int64_t>(::SSL_CIPHER_get_id(cipher))));
  set("name", textOrNone(::SSL_CIPHER_get_name(cipher)));
  set("protocol", textOrNone(::SSL_CIPHER_get_version(cipher)));
  set("description", strFrom(description));
  set("strength_bits", smallInt(bits));
  set("alg_bits", smallInt(algorithmBits));
  set("aead", boolean(::SSL_CIPHER_is_aead(cipher)));
  set("symmetric", name(::SSL_CIPHER_get_cipher_nid(cipher)));
  set("digest", name(::SSL_CIPHER_get_digest_nid(cipher)));
  set("kea", name(::SSL_CIPHER_get_kx_nid(cipher)));
  set("auth", name(::SSL_CIPHER_get_auth_nid(cipher)));
  return dict;
}

// ---- Versions ---------------------------------------------------------------------------------------

constexpr int kLowestVersion = -2, kHighestVersion = -1;

const char *oldVersion(int version) {
  switch (version) {
  case SSL3_VERSION:
    return "SSLv3";
  case TLS1_VERSION:
    return "TLSv1";
  case TLS1_1_VERSION:
    return "TLSv1_1";
  default:
    return nullptr;
  }
}

bool setVersion_py(SslContext *self, Value value, bool highest) {
  int64_t number;
  if (!notDeletable(value) || !longArgument_py(value, &number))
    return false;
  auto version = static_cast<int>(number);
  if (version != number)
    return krt_raise(kOverflowError, "Option is too long"), false;
  if (self->protocol != kProtocolTls && self->protocol != kProtocolClient &&
      self->protocol != kProtocolServer) {
    krt_raise(kValueError,
              "The context's protocol doesn't support modification of highest and lowest version.");
    return false;
  }
  if (const char *old = oldVersion(version);
      old && krt_warn_py(kDeprecationWarning, 2, "ssl.TLSVersion.%s is deprecated", old) < 0)
    return false;
  bool known = version == kLowestVersion || version == kHighestVersion ||
               (version >= SSL3_VERSION && version <= TLS1_3_VERSION);
  if (known && highest)
    known = SSL_CTX_set_max_proto_version(self->ctx, version == kHighestVersion  ? 0
                                                     : version == kLowestVersion ? TLS1_VERSION
                                                                                 : version);
  else if (known)
    known = SSL_CTX_set_min_proto_version(self->ctx, version == kLowestVersion    ? 0
                                                     : version == kHighestVersion ? TLS1_3_VERSION
                                                                                  : version);
  if (!known)
    krt_raise(kValueError, "Unsupported TLS/SSL version 0x%s", [&] {
      static thread_local char text[16];
      std::snprintf(text, sizeof text, "%x", static_cast<unsigned>(version));
      return text;
    }());
  return known;
}

} // namespace

Value cipherTuple(const SSL_CIPHER *cipher) {
  Value items[3] = {textOrNone(::SSL_CIPHER_get_name(cipher)), textOrNone(::SSL_CIPHER_get_version(cipher)),
                    smallInt(::SSL_CIPHER_get_bits(cipher, nullptr))};
  return krt_tuple_from(items, 3);
}

// ---- Methods ----------------------------------------------------------------------------------------

Value krt_ssl_context_setAlpnProtocols_py(Value v, Value protocols) {
  auto *self = contextOf(v);
  BytesLike bytes;
  if (!bytes.acquire_py(protocols))
    return {};
  if (bytes.size() > UINT_MAX)
    return krt_raise(kOverflowError, "protocols longer than %lld bytes", static_cast<long long>(UINT_MAX));
  self->alpn = krt_bytes_new(bytes.data(), static_cast<size_t>(bytes.size()));
  if (::SSL_CTX_set_alpn_protos(self->ctx, self->alpn->data, static_cast<unsigned>(self->alpn->length)))
    return krt_raise_memory();
  ::SSL_CTX_set_alpn_select_cb(self->ctx, onAlpn, nullptr);
  return kNone;
}

Value krt_ssl_context_wrapBio_py(Value self, Value incoming, Value outgoing, bool server, Value hostname,
                                 Value owner, Value session) {
  if (!krt_instance(incoming, &krt_memory_bio_class))
    return krt_raise(kTypeError, "_wrap_bio() argument 'incoming' must be _ssl.MemoryBIO, not %T", incoming);
  if (!krt_instance(outgoing, &krt_memory_bio_class))
    return krt_raise(kTypeError, "_wrap_bio() argument 'outgoing' must be _ssl.MemoryBIO, not %T", outgoing);
  return newSslSocket_py(contextOf(self), {}, server, hostname, owner, session, incoming.as<MemoryBio>(),
                         outgoing.as<MemoryBio>());
}
Value krt_ssl_context_wrapSocket_py(Value self, Value socket, bool server, Value hostname, Value owner,
                                    Value session) {
  if (!krt_instance(socket, &krt_socket_class))
    return krt_raise(kTypeError, "_wrap_socket() argument 'sock' must be _socket.socket, not %T", socket);
  return newSslSocket_py(contextOf(self), socket, server, hostname, owner, session, nullptr, nullptr);
}

Value krt_ssl_context_certStoreStats(Value self) {
  int certificates = 0, lists = 0, authorities = 0;
  X509_STORE *store = ::SSL_CTX_get_cert_store(contextOf(self)->ctx);
  ::X509_STORE_lock(store);
  STACK_OF(X509_OBJECT) *objects = ::X509_STORE_get0_objects(store);
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    X509_OBJECT *object = sk_X509_OBJECT_value(objects, i);
    certificates += ::X509_OBJECT_get_type(object) == X509_LU_X509;
    lists += ::X509_OBJECT_get_type(object) == X509_LU_CRL;
    authorities +=
        ::X509_OBJECT_get_type(object) == X509_LU_X509 && ::X509_check_ca(::X509_OBJECT_get0_X509(object));
  }
  ::X509_STORE_unlock(store);
  Dict *dict = krt_dict_new();
  krt_dict_set_str(dict, KSTR(x509), smallInt(certificates));
  krt_dict_set_str(dict, KSTR(crl), smallInt(lists));
  krt_dict_set_str(dict, KSTR(x509_ca), smallInt(authorities));
  return dict;
}

Value krt_ssl_context_getCaCerts_py(Value self, bool binary) {
  List *list = krt_list_new(0);
  STACK_OF(X509_OBJECT) *objects = ::X509_STORE_get0_objects(::SSL_CTX_get_cert_store(contextOf(self)->ctx));
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    X509 *certificate = ::X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
    if (certificate && ::X509_check_ca(certificate))
      krt_list_append(list, TRY(binary ? certificateDer(certificate) : decodeCertificate_py(certificate)));
  }
  return list;
}

Value krt_ssl_context_getCiphers(Value self) {
  SSL *ssl = ::SSL_new(contextOf(self)->ctx);
  if (!ssl)
    return raiseSslQueue(0);
  List *list = krt_list_new(0);
  STACK_OF(SSL_CIPHER) *ciphers = ::SSL_get_ciphers(ssl);
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i)
    krt_list_append(list, cipherDict(sk_SSL_CIPHER_value(ciphers, i)));
  ::SSL_free(ssl);
  return list;
}

Value krt_ssl_context_loadCertChain_py(Value v, Value certfile, Value keyfile, Value password) {
  auto *self = contextOf(v);
  FsPath certificate, key;
  if (certfile == kNone)
    return krt_raise(kTypeError, "certfile should be a valid filesystem path");
  if (!pathOrNone_py(certfile, "certfile", &certificate) || !pathOrNone_py(keyfile, "keyfile", &key))
    return {};
  PassPhrase phrase;
  pem_password_cb *before = ::SSL_CTX_get_default_passwd_cb(self->ctx);
  void *dataBefore = ::SSL_CTX_get_default_passwd_cb_userdata(self->ctx);
  if (password && password != kNone) {
    std::string_view text;
    if (krt_callable(password))
      phrase.callable = password;
    else if (passPhraseBytes(password, "password should be a string or callable", &text))
      phrase.text = password;
    else
      return {};
    ::SSL_CTX_set_default_passwd_cb(self->ctx, onPassPhrase);
    ::SSL_CTX_set_default_passwd_cb_userdata(self->ctx, &phrase);
  }
  ::ERR_clear_error();
  int error = 0, line = 3877;
  auto step = [&](int nextLine, auto call) {
    line = nextLine;
    LibraryUnlocked unlocked;
    errno = 0;
    bool done = call() == 1;
    error = errno;
    return done;
  };
  bool done = step(3877, [&] { return ::SSL_CTX_use_certificate_chain_file(self->ctx, certificate.text); }) &&
              step(3898, [&] {
                return ::SSL_CTX_use_PrivateKey_file(self->ctx, key.text ? key.text : certificate.text,
                                                     SSL_FILETYPE_PEM);
              });
  bool checked = done && step(3907, [&] { return ::SSL_CTX_check_private_key(self->ctx); });
  ::SSL_CTX_set_default_passwd_cb(self->ctx, before);
  ::SSL_CTX_set_default_passwd_cb_userdata(self->ctx, dataBefore);
  if (phrase.failed) {
    ::ERR_clear_error();
    return {};
  }
  if (checked)
    return kNone;
  return done ? raiseSslQueue(line) : raiseFileOrQueue(error, line);
}

Value krt_ssl_context_loadDhParams_py(Value self, Value given) {
  FsPath path;
  if (!filePath_py(given, &path))
    return {};
  TRY_AUDIT("open", given, strFrom("rb"), smallInt(0));
  std::FILE *file = std::fopen(path.text, "rb");
  if (!file)
    return krt_raise_errno(errno, given, {});
  ::ERR_clear_error();
  errno = 0;
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
  DH *parameters = ::PEM_read_DHparams(file, nullptr, nullptr, nullptr);
  int error = errno;
  std::fclose(file);
  if (!parameters) {
    if (!error)
      return raiseSslQueue(4174);
    ::ERR_clear_error();
    return krt_raise_errno(error, given, {});
  }
  bool set = SSL_CTX_set_tmp_dh(contextOf(self)->ctx, parameters);
  ::DH_free(parameters);
#pragma clang diagnostic pop
  return set ? kNone : raiseSslQueue(4179);
}

Value krt_ssl_context_loadVerifyLocations_py(Value v, Value cafile, Value capath, Value cadata) {
  auto *self = contextOf(v);
  FsPath file, folder;
  bool noFile = !cafile || cafile == kNone, noFolder = !capath || capath == kNone,
       noData = !cadata || cadata == kNone;
  if (noFile && noFolder && noData)
    return krt_raise(kTypeError, "cafile, capath and cadata cannot be all omitted");
  if (!pathOrNone_py(cafile, "cafile", &file) || !pathOrNone_py(capath, "capath", &folder))
    return {};
  if (!noData && !addCertificateData_py(self, cadata))
    return {};
  if (noFile && noFolder)
    return kNone;
  ::ERR_clear_error();
  int error;
  bool loaded;
  {
    LibraryUnlocked unlocked;
    errno = 0;
    loaded = ::SSL_CTX_load_verify_locations(self->ctx, file.text, folder.text) == 1;
    error = errno;
  }
  return loaded ? kNone : raiseFileOrQueue(error, 4126);
}

Value krt_ssl_context_sessionStats(Value self) {
  SSL_CTX *ctx = contextOf(self)->ctx;
  Dict *dict = krt_dict_new();
#define COUNT(name, function) krt_dict_set_str(dict, KSTR(name), smallInt(SSL_CTX_sess_##function(ctx)))
  COUNT(number, number);
  COUNT(connect, connect);
  COUNT(connect_good, connect_good);
  COUNT(connect_renegotiate, connect_renegotiate);
  COUNT(accept, accept);
  COUNT(accept_good, accept_good);
  COUNT(accept_renegotiate, accept_renegotiate);
  COUNT(hits, hits);
  COUNT(misses, misses);
  COUNT(timeouts, timeouts);
  COUNT(cache_full, cache_full);
#undef COUNT
  return dict;
}

Value krt_ssl_context_setCiphers(Value self, Str *ciphers) {
  size_t size;
  const char *chars = TRY(krt_str_utf8(ciphers, &size));
  if (std::memchr(chars, 0, size))
    return krt_raise(kValueError, "embedded null character");
  if (::SSL_CTX_set_cipher_list(contextOf(self)->ctx, chars))
    return kNone;
  ::ERR_clear_error();
  return krt_raise(sslErrors.error, "No cipher can be selected.");
}

Value krt_ssl_context_setDefaultVerifyPaths(Value self) {
  int done;
  {
    LockReleased released;
    done = ::SSL_CTX_set_default_verify_paths(contextOf(self)->ctx);
  }
  return done ? kNone : raiseSslQueue(0);
}

Value krt_ssl_context_setEcdhCurve_py(Value self, Value name) {
  FsPath text;
  if (!filePath_py(name, &text))
    return {};
  int nid = ::OBJ_sn2nid(text.text);
  if (nid == NID_undef)
    return krt_raise(kValueError, "unknown elliptic curve name %R", name);
  ::ERR_clear_error();
  EC_GROUP *group = ::EC_GROUP_new_by_curve_name(nid);
  if (!group) // there are others, which this function does not take
    return raiseSslQueue(4349);
  ::EC_GROUP_free(group);
  return SSL_CTX_set1_groups(contextOf(self)->ctx, &nid, 1) ? kNone : raiseSslQueue(4349);
}

// ---- Attributes -------------------------------------------------------------------------------------

int64_t krt_ssl_context_hostFlags(Value self) { return contextOf(self)->hostFlags; }
bool krt_ssl_context_setHostFlags_py(Value v, Value value) {
  auto *self = contextOf(v);
  int64_t flags;
  if (!notDeletable(value) || !longArgument_py(value, &flags))
    return false;
  self->hostFlags = static_cast<uint32_t>(flags);
  ::X509_VERIFY_PARAM_set_hostflags(::SSL_CTX_get0_param(self->ctx), self->hostFlags);
  return true;
}

Value krt_ssl_context_msgCallback(Value self) {
  return contextOf(self)->onMessage ? contextOf(self)->onMessage : kNone;
}
bool krt_ssl_context_setMsgCallback(Value v, Value value) {
  auto *self = contextOf(v);
  ::SSL_CTX_set_msg_callback(self->ctx, nullptr);
  self->onMessage = {};
  if (!value || value == kNone)
    return true;
  if (!krt_callable(value)) {
    krt_raise(kTypeError, "not a callable object");
    return false;
  }
  self->onMessage = value;
  ::SSL_CTX_set_msg_callback(self->ctx, onMessage);
  return true;
}

bool krt_ssl_context_checkHostname(Value self) { return contextOf(self)->checkHostname; }
bool krt_ssl_context_setCheckHostname_py(Value v, Value value) {
  auto *self = contextOf(v);
  if (!notDeletable(value))
    return false;
  int check = krt_truth_py(value);
  if (check < 0)
    return false;
  if (check && ::SSL_CTX_get_verify_mode(self->ctx) == SSL_VERIFY_NONE && setVerifyMode(self, 2) < 0)
    return false;
  self->checkHostname = check;
  return true;
}

Value krt_ssl_context_keylogFilename(Value self) {
  return contextOf(self)->keylogName ? contextOf(self)->keylogName : kNone;
}
bool krt_ssl_context_setKeylogFilename_py(Value v, Value value) {
  auto *self = contextOf(v);
  ::SSL_CTX_set_keylog_callback(self->ctx, nullptr);
  if (self->keylog)
    std::fclose(self->keylog);
  self->keylog = nullptr;
  self->keylogName = {};
  if (!value || value == kNone)
    return true;
  FsPath path;
  if (!filePath_py(value, &path))
    return false;
  std::FILE *file = std::fopen(path.text, "a");
  if (!file)
    return krt_raise_errno(errno, value, {}), false;
  std::fseek(file, 0, SEEK_END);
  if (std::ftell(file) == 0) {
    std::fputs("# TLS secrets log file, generated by OpenSSL / Python\n", file);
    std::fflush(file);
  }
  self->keylog = file;
  self->keylogName = value;
  ::SSL_CTX_set_keylog_callback(self->ctx, onKeylog);
  return true;
}

int64_t krt_ssl_context_maximumVersion(Value self) {
  auto version = SSL_CTX_get_max_proto_version(contextOf(self)->ctx);
  return version ? version : kHighestVersion;
}
bool krt_ssl_context_setMaximumVersion_py(Value self, Value value) {
  return setVersion_py(contextOf(self), value, true);
}
int64_t krt_ssl_context_minimumVersion(Value self) {
  auto version = SSL_CTX_get_min_proto_version(contextOf(self)->ctx);
  return version ? version : kLowestVersion;
}
bool krt_ssl_context_setMinimumVersion_py(Value self, Value value) {
  return setVersion_py(contextOf(self), value, false);
}

int64_t krt_ssl_context_numTickets(Value self) {
  return static_cast<int64_t>(::SSL_CTX_get_num_tickets(contextOf(self)->ctx));
}
bool krt_ssl_context_setNumTickets_py(Value v, Value value) {
  auto *self = contextOf(v);
  int64_t count;
  if (!notDeletable(value) || !longArgument_py(value, &count))
    return false;
  if (count < 0)
    krt_raise(kValueError, "value must be non-negative");
  else if (self->protocol != kProtocolServer)
    krt_raise(kValueError, "SSLContext is not a server context.");
  else if (::SSL_CTX_set_num_tickets(self->ctx, static_cast<size_t>(count)) != 1)
    krt_raise(kValueError, "failed to set num tickets.");
  return !errorPending();
}

int64_t krt_ssl_context_options(Value self) {
  return static_cast<int64_t>(::SSL_CTX_get_options(contextOf(self)->ctx));
}
bool krt_ssl_context_setOptions_py(Value v, Value value) {
  auto *self = contextOf(v);
  int64_t number;
  if (!notDeletable(value) || !longArgument_py(value, &number))
    return false;
  constexpr uint64_t kOld = SSL_OP_NO_SSLv2 | SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 |
                            SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3;
  auto wanted = static_cast<uint64_t>(number), had = ::SSL_CTX_get_options(self->ctx);
  uint64_t cleared = had & ~wanted, set = ~had & wanted;
  if ((set & kOld) &&
      krt_warn_py(kDeprecationWarning, 2, "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated") < 0)
    return false;
  ::SSL_CTX_clear_options(self->ctx, cleared);
  ::SSL_CTX_set_options(self->ctx, set);
  return true;
}

bool krt_ssl_context_postHandshakeAuth(Value self) { return contextOf(self)->postHandshakeAuth; }
bool krt_ssl_context_setPostHandshakeAuth_py(Value self, Value value) {
  if (!value) {
    krt_raise(kAttributeError, "cannot delete attribute");
    return false;
  }
  int on = krt_truth_py(value);
  if (on >= 0)
    contextOf(self)->postHandshakeAuth = on;
  return on >= 0;
}

int64_t krt_ssl_context_protocol(Value self) { return contextOf(self)->protocol; }
int64_t krt_ssl_context_securityLevel(Value self) {
  return ::SSL_CTX_get_security_level(contextOf(self)->ctx);
}

Value krt_ssl_context_sniCallback(Value self) {
  return contextOf(self)->onServerName ? contextOf(self)->onServerName : kNone;
}
bool krt_ssl_context_setSniCallback(Value v, Value value) {
  auto *self = contextOf(v);
  if (self->protocol == kProtocolClient) {
    krt_raise(kValueError, "sni_callback cannot be set on TLS_CLIENT context");
    return false;
  }
  SSL_CTX_set_tlsext_servername_callback(self->ctx, nullptr);
  self->onServerName = {};
  if (!value || value == kNone)
    return true;
  if (!krt_callable(value)) {
    krt_raise(kTypeError, "not a callable object");
    return false;
  }
  self->onServerName = value;
  SSL_CTX_set_tlsext_servername_callback(self->ctx, onServerName);
  return true;
}

Value krt_ssl_context_verifyFlags(Value self) {
  return krt_int_from_u64(::X509_VERIFY_PARAM_get_flags(::SSL_CTX_get0_param(contextOf(self)->ctx)));
}
bool krt_ssl_context_setVerifyFlags(Value self, Value value) {
  if (!notDeletable(value))
    return false;
  if (!krt_int_check(value)) {
    krt_raise(kTypeError, "argument must be int, not %T", value);
    return false;
  }
  // The low bits of any number.
  Value low = krt_int_and(krt_int_plain(value), krt_int_from_u64(UINT64_MAX));
  uint64_t wanted;
  if (!low || !krt_int_to_u64(low, &wanted))
    return false;
  X509_VERIFY_PARAM *parameters = ::SSL_CTX_get0_param(contextOf(self)->ctx);
  uint64_t had = ::X509_VERIFY_PARAM_get_flags(parameters);
  if (::X509_VERIFY_PARAM_clear_flags(parameters, had & ~wanted) &&
      ::X509_VERIFY_PARAM_set_flags(parameters, ~had & wanted))
    return true;
  raiseSslQueue(0);
  return false;
}

int64_t krt_ssl_context_verifyMode(Value self) {
  int mode = ::SSL_CTX_get_verify_mode(contextOf(self)->ctx);
  return mode & SSL_VERIFY_FAIL_IF_NO_PEER_CERT ? 2 : mode & SSL_VERIFY_PEER ? 1 : 0;
}
bool krt_ssl_context_setVerifyMode_py(Value self, Value value) {
  int64_t mode;
  return notDeletable(value) && intArgument_py(value, &mode) &&
         setVerifyMode(contextOf(self), static_cast<int>(mode)) == 0;
}

extern "C" {
Class krt_ssl_context_class = {
    .flags = kClassBase,
    .nativeName = "_ssl._SSLContext",
    .basicSize = sizeof(SslContext),
    .slots = {.make = makeContext, .finalize = endContext},
    .methods = krt_ssl_context_defs,
};
}

} // namespace krait
