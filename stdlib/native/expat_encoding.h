// expat_encoding.h - encodings that libexpat does not know itself, for pyexpat and _elementtree.
#pragma once

#include <expat.h>

namespace krait {

/// Fills [info] with the one-byte encoding [name] that `codecs` has; false with an exception pending.
bool expatEncoding_py(const char *name, XML_Encoding *info);

} // namespace krait
