#include "base/python_home.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace warp {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class PythonHome : public testing::Test {
 protected:
  PythonHome() {
    std::string pattern = (fs::temp_directory_path() / "warp-home-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~PythonHome() override { fs::remove_all(root_); }

  void write(const std::string& name, const std::string& text, bool executable = false) const {
    const fs::path path = fs::path(root_) / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
    if (executable) fs::permissions(path, fs::perms::owner_all);
  }

  std::string root_;
};

TEST_F(PythonHome, ReadsTheVersionOfAVenv) {
  write("pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n");
  EXPECT_EQ(python_version_of(root_).value(), (PythonVersion{3, 11}));
}

TEST_F(PythonHome, ReadsTheVersionOfVirtualenv) {
  write("pyvenv.cfg", "home = /usr/bin\nversion_info = 3.12.1.final.0\n");
  EXPECT_EQ(python_version_of(root_).value(), (PythonVersion{3, 12}));
}

TEST_F(PythonHome, ReadsTheVersionOfAPrefix) {
  write("lib/python3.9/os.py", "");
  EXPECT_EQ(python_version_of(root_).value(), (PythonVersion{3, 9}));
}

TEST_F(PythonHome, SaysWhatADirectoryWithoutPythonLacks) {
  EXPECT_THAT(python_version_of(root_).error().detail, HasSubstr("neither a pyvenv.cfg"));
}

TEST_F(PythonHome, FindsTheExecutable) {
  write("bin/python3", "", true);
  EXPECT_EQ(python_executable_of(root_).value(), root_ + "/bin/python3");
}

TEST_F(PythonHome, MissingWorkerProgramNamesThoseThatAreThere) {
  write("warp-worker-3.11", "", true);
  write("warp-worker-3.9", "", true);
  EXPECT_THAT(worker_versions(root_), ElementsAre(PythonVersion{3, 9}, PythonVersion{3, 11}));
  EXPECT_TRUE(worker_program(root_, {3, 11}));
  const auto missing = worker_program(root_, {3, 13});
  EXPECT_EQ(missing.error().code, Errc::kPythonVersion);
  EXPECT_THAT(missing.error().detail, HasSubstr("there: 3.9, 3.11"));
}

TEST(PythonVersion, RefusesWhatIsNoVersion) {
  for (const char* bad : {"", "3", "3.", "x.y", "3.-1", "300.1"})
    EXPECT_FALSE(parse_python_version(bad)) << bad;
}

}  // namespace
}  // namespace warp
