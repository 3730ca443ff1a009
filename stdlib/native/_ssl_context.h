// _ssl_context.h - contexts of _ssl: what connections are made with.
#pragma once

#include "stdlib/native/_ssl.h"

namespace krait {

extern "C" {
KRT_METHOD(ssl_context, "_set_alpn_protocols(self, protos, /)", KRT_RUNS_PY)
Value krt_ssl_context_setAlpnProtocols_py(Value self, Value protos);
KRT_METHOD(ssl_context, "_wrap_bio(self, /, incoming, outgoing, server_side, server_hostname=None, *, owner=None, session=None)",
           KRT_RUNS_PY)
Value krt_ssl_context_wrapBio_py(Value self, Value incoming, Value outgoing, bool server, Value hostname, Value owner,
                                 Value session);
KRT_METHOD(ssl_context, "_wrap_socket(self, /, sock, server_side, server_hostname=None, *, owner=None, session=None)",
           KRT_RUNS_PY)
Value krt_ssl_context_wrapSocket_py(Value self, Value socket, bool server, Value hostname, Value owner, Value session);
/// Returns quantities of loaded X.509 certificates.
///
/// X.509 certificates with a CA extension and certificate revocation lists
/// inside the context's cert store.
///
/// NOTE: Certificates in a capath directory aren't loaded unless they have
/// been used at least once.
KRT_METHOD(ssl_context, "cert_store_stats(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_context_certStoreStats(Value self);
/// Returns a list of dicts with information of loaded CA certs.
///
/// If the optional argument is True, returns a DER-encoded copy of the CA
/// certificate.
///
/// NOTE: Certificates in a capath directory aren't loaded unless they have
/// been used at least once.
KRT_METHOD(ssl_context, "get_ca_certs(self, /, binary_form=False)", KRT_RUNS_PY)
Value krt_ssl_context_getCaCerts_py(Value self, bool binary);
KRT_METHOD(ssl_context, "get_ciphers(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_context_getCiphers(Value self);
KRT_METHOD(ssl_context, "load_cert_chain(self, /, certfile, keyfile=None, password=None)", KRT_RUNS_PY)
Value krt_ssl_context_loadCertChain_py(Value self, Value certfile, Value keyfile, Value password);
KRT_METHOD(ssl_context, "load_dh_params(self, path, /)", KRT_RUNS_PY)
Value krt_ssl_context_loadDhParams_py(Value self, Value path);
KRT_METHOD(ssl_context, "load_verify_locations(self, /, cafile=None, capath=None, cadata=None)", KRT_RUNS_PY)
Value krt_ssl_context_loadVerifyLocations_py(Value self, Value cafile, Value capath, Value cadata);
KRT_METHOD(ssl_context, "session_stats(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_context_sessionStats(Value self);
KRT_METHOD(ssl_context, "set_ciphers(self, cipherlist, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_context_setCiphers(Value self, Str *ciphers);
KRT_METHOD(ssl_context, "set_default_verify_paths(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_ssl_context_setDefaultVerifyPaths(Value self);
KRT_METHOD(ssl_context, "set_ecdh_curve(self, name, /)", KRT_RUNS_PY)
Value krt_ssl_context_setEcdhCurve_py(Value self, Value name);

KRT_GETTER(ssl_context, "_host_flags") int64_t krt_ssl_context_hostFlags(Value self);
KRT_SETTER(ssl_context, "_host_flags", KRT_RUNS_PY) bool krt_ssl_context_setHostFlags_py(Value self, Value value);
KRT_GETTER(ssl_context, "_msg_callback") Value krt_ssl_context_msgCallback(Value self);
KRT_SETTER(ssl_context, "_msg_callback", KRT_RAISES, KRT_COLLECTS)
bool krt_ssl_context_setMsgCallback(Value self, Value value);
KRT_GETTER(ssl_context, "check_hostname") bool krt_ssl_context_checkHostname(Value self);
KRT_SETTER(ssl_context, "check_hostname", KRT_RUNS_PY)
bool krt_ssl_context_setCheckHostname_py(Value self, Value value);
KRT_GETTER(ssl_context, "keylog_filename") Value krt_ssl_context_keylogFilename(Value self);
KRT_SETTER(ssl_context, "keylog_filename", KRT_RUNS_PY)
bool krt_ssl_context_setKeylogFilename_py(Value self, Value value);
KRT_GETTER(ssl_context, "maximum_version") int64_t krt_ssl_context_maximumVersion(Value self);
KRT_SETTER(ssl_context, "maximum_version", KRT_RUNS_PY)
bool krt_ssl_context_setMaximumVersion_py(Value self, Value value);
KRT_GETTER(ssl_context, "minimum_version") int64_t krt_ssl_context_minimumVersion(Value self);
KRT_SETTER(ssl_context, "minimum_version", KRT_RUNS_PY)
bool krt_ssl_context_setMinimumVersion_py(Value self, Value value);
/// Control the number of TLSv1.3 session tickets
KRT_GETTER(ssl_context, "num_tickets") int64_t krt_ssl_context_numTickets(Value self);
KRT_SETTER(ssl_context, "num_tickets", KRT_RUNS_PY) bool krt_ssl_context_setNumTickets_py(Value self, Value value);
KRT_GETTER(ssl_context, "options") int64_t krt_ssl_context_options(Value self);
KRT_SETTER(ssl_context, "options", KRT_RUNS_PY) bool krt_ssl_context_setOptions_py(Value self, Value value);
KRT_GETTER(ssl_context, "post_handshake_auth") bool krt_ssl_context_postHandshakeAuth(Value self);
KRT_SETTER(ssl_context, "post_handshake_auth", KRT_RUNS_PY)
bool krt_ssl_context_setPostHandshakeAuth_py(Value self, Value value);
KRT_GETTER(ssl_context, "protocol") int64_t krt_ssl_context_protocol(Value self);
/// The current security level
KRT_GETTER(ssl_context, "security_level") int64_t krt_ssl_context_securityLevel(Value self);
/// Set a callback that will be called when a server name is provided by the SSL/TLS client in the SNI extension.
///
/// If the argument is None then the callback is disabled. The method is called
/// with the SSLSocket, the server name as a string, and the SSLContext object.
/// See RFC 6066 for details of the SNI extension.
KRT_GETTER(ssl_context, "sni_callback") Value krt_ssl_context_sniCallback(Value self);
KRT_SETTER(ssl_context, "sni_callback", KRT_RAISES, KRT_COLLECTS)
bool krt_ssl_context_setSniCallback(Value self, Value value);
KRT_GETTER(ssl_context, "verify_flags", KRT_RAISES, KRT_COLLECTS) Value krt_ssl_context_verifyFlags(Value self);
KRT_SETTER(ssl_context, "verify_flags", KRT_RAISES, KRT_COLLECTS)
bool krt_ssl_context_setVerifyFlags(Value self, Value value);
KRT_GETTER(ssl_context, "verify_mode") int64_t krt_ssl_context_verifyMode(Value self);
KRT_SETTER(ssl_context, "verify_mode", KRT_RUNS_PY) bool krt_ssl_context_setVerifyMode_py(Value self, Value value);
}

} // namespace krait
