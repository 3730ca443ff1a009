// Profiles on disk.
#include "profiler/format/counter_reader.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace krait {

namespace {
/// Counter files of long recordings may be larger than any text.
constexpr size_t kMaxFile = size_t(1) << 32;

bool readWhole(const char *path, std::string &bytes, std::string *message) {
  std::FILE *file = std::fopen(path, "rb");
  if (!file) {
    *message = std::string("cannot read: ") + std::strerror(errno);
    return false;
  }
  char buffer[1 << 16];
  while (size_t got = std::fread(buffer, 1, sizeof buffer, file)) {
    bytes.append(buffer, got);
    if (bytes.size() > kMaxFile || (bytes.size() > kMaxProfileText && !isCounterFile(bytes)))
      break;
  }
  int code = std::ferror(file) ? errno : 0;
  std::fclose(file);
  if (code != 0)
    *message = std::string("cannot read: ") + std::strerror(code);
  return code == 0;
}
} // namespace

bool loadProfile(const char *path, Profile &profile, ProfileError &error) {
  std::string bytes;
  error = ProfileError();
  if (!readWhole(path, bytes, &error.message))
    return false;
  return isCounterFile(bytes) ? readCounterFile(bytes, profile, error) : readProfile(bytes, profile, error);
}

bool saveProfile(const char *path, const Profile &profile, std::string *error) {
  std::string text = writeProfile(profile);
  std::string temporary = std::string(path) + ".new";
  std::FILE *file = std::fopen(temporary.c_str(), "wb");
  bool done = file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file && std::fclose(file) != 0)
    done = false;
  if (done && std::rename(temporary.c_str(), path) == 0)
    return true;
  *error = std::string("cannot write '") + path + "': " + std::strerror(errno);
  if (file)
    std::remove(temporary.c_str());
  return false;
}

} // namespace krait
