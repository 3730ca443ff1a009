// _ssl_certificate.cpp - see _ssl_certificate.h; what getpeercert() shows of certificates.
#include "stdlib/native/_ssl_certificate.h"

#include "stdlib/native/_ssl_parts.h"

#include <memory>
#include <string>

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "stdlib/native/_ssl_certificate.bind.inc"

namespace krait {

namespace {

Value pairOf(Value a, Value b) {
  Value items[2] = {a, b};
  return krt_tuple_from(items, 2);
}
Value tupleOf(GcVector<> &items) { return krt_tuple_from(items.data(), items.size()); }

/// Text that a BIO collects.
class TextBio {
public:
  TextBio() : bio_(::BIO_new(BIO_s_mem())) {}
  ~TextBio() { ::BIO_free(bio_); }
  TextBio(const TextBio &) = delete;
  BIO *get() const { return bio_; }
  std::string_view view() const {
    char *data = nullptr;
    long size = BIO_get_mem_data(bio_, &data);
    return {data, size > 0 ? static_cast<size_t>(size) : 0};
  }

private:
  BIO *bio_;
};

/// Text of a certificate, which may be wrong UTF-8: null with UnicodeDecodeError pending.
Value decodeText_py(const void *text, size_t size) {
  return krt_codec_decode_py(krt_bytes_new(text, size), "utf-8", "strict");
}
Value decodeText_py(const ASN1_STRING *text) {
  return decodeText_py(::ASN1_STRING_get0_data(text), static_cast<size_t>(::ASN1_STRING_length(text)));
}

/// The long name of an object, or its number.
Value objectText(const ASN1_OBJECT *object) {
  char buffer[256];
  int size = ::OBJ_obj2txt(buffer, sizeof buffer, object, 0);
  if (size < 0)
    return raiseSslQueue(0);
  return strFrom(std::string_view(buffer, std::min<size_t>(static_cast<size_t>(size), sizeof buffer - 1)));
}

/// The parts of a name, each a tuple of (attribute, value).
Value nameTuple_py(const X509_NAME *name) {
  GcVector<> parts, attributes;
  int count = ::X509_NAME_entry_count(name);
  for (int i = 0; i < count; ++i) {
    const X509_NAME_ENTRY *entry = ::X509_NAME_get_entry(name, i);
    if (i && ::X509_NAME_ENTRY_set(entry) != ::X509_NAME_ENTRY_set(::X509_NAME_get_entry(name, i - 1))) {
      parts.push(tupleOf(attributes));
      attributes.clear();
    }
    unsigned char *text = nullptr;
    int size = ::ASN1_STRING_to_UTF8(&text, ::X509_NAME_ENTRY_get_data(entry));
    if (size < 0)
      return raiseSslQueue(0);
    Value value = decodeText_py(text, static_cast<size_t>(size));
    OPENSSL_free(text);
    if (!value)
      return {};
    attributes.push(pairOf(TRY(objectText(::X509_NAME_ENTRY_get_object(entry))), value));
  }
  if (!attributes.empty())
    parts.push(tupleOf(attributes));
  return tupleOf(parts);
}

Value addressText(const ASN1_OCTET_STRING *address) {
  const unsigned char *p = ::ASN1_STRING_get0_data(address);
  int size = ::ASN1_STRING_length(address);
  if (size == 4)
    return krt_str_format("%d.%d.%d.%d", p[0], p[1], p[2], p[3]);
  if (size != 16)
    return strFrom("<invalid>");
  char text[48], *end = text;
  for (int i = 0; i < 16; i += 2)
    end += std::snprintf(end, 8, i ? ":%X" : "%X", static_cast<unsigned>(p[i] << 8 | p[i + 1]));
  return strFrom(text);
}

/// (kind, value) of an alternative name.
Value alternativeName_py(GENERAL_NAME *name) {
  switch (name->type) {
  case GEN_DIRNAME:
    return pairOf(strFrom("DirName"), TRY(nameTuple_py(name->d.dirn)));
  case GEN_EMAIL:
    return pairOf(strFrom("email"), TRY(decodeText_py(name->d.rfc822Name)));
  case GEN_DNS:
    return pairOf(strFrom("DNS"), TRY(decodeText_py(name->d.dNSName)));
  case GEN_URI:
    return pairOf(strFrom("URI"), TRY(decodeText_py(name->d.uniformResourceIdentifier)));
  case GEN_IPADD:
    return pairOf(strFrom("IP Address"), addressText(name->d.iPAddress));
  case GEN_RID: {
    char buffer[256];
    int size = ::i2t_ASN1_OBJECT(buffer, sizeof buffer, name->d.rid);
    if (size < 0 || size >= static_cast<int>(sizeof buffer))
      return pairOf(strFrom("Registered ID"), strFrom("<INVALID>"));
    return pairOf(strFrom("Registered ID"), strFrom(std::string_view(buffer, static_cast<size_t>(size))));
  }
  case GEN_OTHERNAME:
  case GEN_X400:
  case GEN_EDIPARTY:
    break;
  default:
    if (krt_warn_py(kRuntimeWarning, 1, "Unknown general name type %d", name->type) < 0)
      return {};
  }
  TextBio bio;
  ::GENERAL_NAME_print(bio.get(), name);
  std::string_view text = bio.view();
  size_t colon = text.find(':');
  if (colon == std::string_view::npos)
    return krt_raise(kValueError, "Invalid value %.200s", std::string(text).c_str());
  Value kind = TRY(decodeText_py(text.data(), colon));
  return pairOf(kind, TRY(decodeText_py(text.data() + colon + 1, text.size() - colon - 1)));
}

template <typename T> using Freed = std::unique_ptr<T, void (*)(T *)>;

/// The values of all URIs in [names] are added; false with an exception pending.
bool addUris_py(const GENERAL_NAMES *names, GcVector<> *out) {
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
    if (name->type != GEN_URI)
      continue;
    Value uri = decodeText_py(name->d.uniformResourceIdentifier);
    if (!uri)
      return false;
    out->push(uri);
  }
  return true;
}

/// Extension [key] of the dict, unless it is empty.
void setUnlessEmpty(Dict *dict, Str *key, GcVector<> &items) {
  if (!items.empty())
    krt_dict_set_str(dict, key, tupleOf(items));
}

bool addAlternativeNames_py(X509 *certificate, Dict *dict) {
  GcVector<> found;
  int index = -1;
  while ((index = ::X509_get_ext_by_NID(certificate, NID_subject_alt_name, index)) >= 0) {
    Freed<GENERAL_NAMES> names(static_cast<GENERAL_NAMES *>(::X509V3_EXT_d2i(::X509_get_ext(certificate, index))),
                               ::GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
      Value name = alternativeName_py(sk_GENERAL_NAME_value(names.get(), i));
      if (!name)
        return false;
      found.push(name);
    }
  }
  setUnlessEmpty(dict, KSTR(subjectAltName), found);
  return true;
}

/// Where the certificate's status and its issuer's certificate can be had.
bool addAccess_py(X509 *certificate, Dict *dict) {
  Freed<AUTHORITY_INFO_ACCESS> access(static_cast<AUTHORITY_INFO_ACCESS *>(::X509_get_ext_d2i(
                                          certificate, NID_info_access, nullptr, nullptr)),
                                      ::AUTHORITY_INFO_ACCESS_free);
  if (!access)
    return true;
  for (auto [nid, key] : {std::pair{NID_ad_OCSP, KSTR(OCSP)}, std::pair{NID_ad_ca_issuers, KSTR(caIssuers)}}) {
    GcVector<> uris;
    for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
      const ACCESS_DESCRIPTION *description = sk_ACCESS_DESCRIPTION_value(access.get(), i);
      if (::OBJ_obj2nid(description->method) != nid || description->location->type != GEN_URI)
        continue;
      Value uri = decodeText_py(description->location->d.uniformResourceIdentifier);
      if (!uri)
        return false;
      uris.push(uri);
    }
    setUnlessEmpty(dict, key, uris);
  }
  return true;
}

bool addRevocation_py(X509 *certificate, Dict *dict) {
  Freed<CRL_DIST_POINTS> points(static_cast<CRL_DIST_POINTS *>(::X509_get_ext_d2i(
                                    certificate, NID_crl_distribution_points, nullptr, nullptr)),
                                ::CRL_DIST_POINTS_free);
  GcVector<> uris;
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT *point = sk_DIST_POINT_value(points.get(), i);
    // Type 0 is a full name; the other is relative to the issuer's.
    if (point->distpoint && point->distpoint->type == 0 && !addUris_py(point->distpoint->name.fullname, &uris))
      return false;
  }
  setUnlessEmpty(dict, KSTR(crlDistributionPoints), uris);
  return true;
}

Value timeText(const ASN1_TIME *time) {
  TextBio bio;
  ::ASN1_TIME_print(bio.get(), time);
  return strFrom(bio.view());
}

SslCertificate *certificateOf(Value v) { return v.as<SslCertificate>(); }

Value certificateRepr(Value self) {
  TextBio bio;
  ::X509_NAME_print_ex(bio.get(), ::X509_get_subject_name(certificateOf(self)->certificate), 0,
                       (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT);
  std::string_view name = bio.view();
  KRT_ALLOW_PY("the codec is native");
  return krt_str_format("<%T '%S'>", self, TRY(decodeText_py(name.data(), name.size())));
}
int certificateHash(Value self, int64_t *out) {
  auto hash = static_cast<int64_t>(::X509_subject_name_hash(certificateOf(self)->certificate));
  *out = hash == -1 ? -2 : hash;
  return 0;
}
Value certificateCompare(Value a, Value b, CompareOp op) {
  if (!krt_instance(a, &krt_ssl_certificate_class) || !krt_instance(b, &krt_ssl_certificate_class) ||
      (op != CompareOp::Eq && op != CompareOp::Ne))
    return kNotImplemented;
  bool same = ::X509_cmp(certificateOf(a)->certificate, certificateOf(b)->certificate) == 0;
  return boolean(same == (op == CompareOp::Eq));
}

} // namespace

Value decodeCertificate_py(X509 *certificate) {
  Dict *dict = krt_dict_new();
  krt_dict_set_str(dict, KSTR(subject), TRY(nameTuple_py(::X509_get_subject_name(certificate))));
  krt_dict_set_str(dict, KSTR(issuer), TRY(nameTuple_py(::X509_get_issuer_name(certificate))));
  krt_dict_set_str(dict, KSTR(version), smallInt(::X509_get_version(certificate) + 1));
  TextBio serial;
  ::i2a_ASN1_INTEGER(serial.get(), ::X509_get0_serialNumber(certificate));
  krt_dict_set_str(dict, KSTR(serialNumber), strFrom(serial.view()));
  krt_dict_set_str(dict, KSTR(notBefore), timeText(::X509_get0_notBefore(certificate)));
  krt_dict_set_str(dict, KSTR(notAfter), timeText(::X509_get0_notAfter(certificate)));
  bool added = addAlternativeNames_py(certificate, dict) && addAccess_py(certificate, dict) &&
               addRevocation_py(certificate, dict);
  ::ERR_clear_error(); // of extensions that are none
  return added ? Value(dict) : Value();
}

Value certificateDer(X509 *certificate) {
  unsigned char *der = nullptr;
  int size = ::i2d_X509(certificate, &der);
  if (size < 0)
    return raiseSslQueue(0);
  Value bytes = krt_bytes_new(der, static_cast<size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

Value newSslCertificate(X509 *certificate) {
  auto *self = gcNewAtomic<SslCertificate>(krt_ssl_certificate_class);
  ::X509_up_ref(certificate);
  self->certificate = certificate;
  krt_gc_set_release(self, [](Object *dead) { ::X509_free(static_cast<SslCertificate *>(dead)->certificate); });
  return self;
}

Value krt_ssl_certificate_getInfo_py(Value self) { return decodeCertificate_py(certificateOf(self)->certificate); }

Value krt_ssl_certificate_publicBytes(Value self, int format) {
  constexpr int kPem = 1, kDer = 2;
  X509 *certificate = certificateOf(self)->certificate;
  if (format == kDer)
    return certificateDer(certificate);
  if (format != kPem)
    return krt_raise(kValueError, "Unsupported format");
  TextBio bio;
  if (!::PEM_write_bio_X509(bio.get(), certificate))
    return raiseSslQueue(0);
  return strFrom(bio.view());
}

extern "C" {
Class krt_ssl_certificate_class = {
    .flags = kClassDisallowNew,
    .nativeName = "_ssl.Certificate",
    .basicSize = sizeof(SslCertificate),
    .slots = {.repr = certificateRepr, .hash = certificateHash, .richcompare = certificateCompare},
    .methods = krt_ssl_certificate_defs,
};
}

} // namespace krait
