// stage_times.h - where the time of a build goes: processor time of each stage, for `krait build --times`.
#pragma once

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <map>
#include <string>
#include <vector>

namespace krait {

class StageTimes {
public:
  /// What was used since the last call belongs to [stage]; several calls add up.
  void end(const std::string &stage) {
    double t = now();
    add(stage, t - last_);
    last_ = t;
  }
  /// A part of a stage, listed below it.
  void addPart(const std::string &part, double seconds) { parts_[part] += seconds; }
  /// Of this process, all of its threads.
  static double now() {
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
  }

  void print(FILE *out) const {
    double all = 0;
    for (const auto &[stage, seconds] : stages_)
      all += seconds;
    for (const auto &[stage, seconds] : stages_)
      std::fprintf(out, "%8.3f s  %s\n", seconds, stage.c_str());
    for (const auto &[part, seconds] : parts_)
      if (seconds >= all / 200)
        std::fprintf(out, "%8.3f s    %s\n", seconds, part.c_str());
    std::fprintf(out, "%8.3f s  in all\n", all);
  }

private:
  std::vector<std::pair<std::string, double>> stages_; // in the order in which they began
  std::map<std::string, double> parts_;
  double last_ = now();

  void add(const std::string &stage, double seconds) {
    for (auto &entry : stages_)
      if (entry.first == stage) {
        entry.second += seconds;
        return;
      }
    stages_.emplace_back(stage, seconds);
  }
};

} // namespace krait
