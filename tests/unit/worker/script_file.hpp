// A script in a folder of its own, for what watches one.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "worker/script_watch.hpp"

namespace warp::worker {

class ScriptFile final {
 public:
  ScriptFile() {
    std::string name = std::filesystem::temp_directory_path() / "warp-script-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    write(path(), "old");
  }
  ~ScriptFile() { std::filesystem::remove_all(folder_); }
  ScriptFile(const ScriptFile&) = delete;
  ScriptFile& operator=(const ScriptFile&) = delete;

  [[nodiscard]] std::string path() const { return folder_ + "/wsgi.py"; }
  [[nodiscard]] std::unique_ptr<ScriptWatch> watch() const {
    return ScriptWatch::create(path()).value();
  }
  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
  }
  void touch() const {
    const auto time = std::filesystem::last_write_time(path());
    std::filesystem::last_write_time(path(), time - std::chrono::hours(1));
  }

 private:
  std::string folder_;
};

}  // namespace warp::worker
