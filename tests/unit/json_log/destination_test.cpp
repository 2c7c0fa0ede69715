#include "json_log/destination.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace warp {
namespace {

class ThroughTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name =
        (std::filesystem::temp_directory_path() / "warp-destination-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // What a script behind --through, which gets `text`, puts into the file "$1".
  std::string said_by(std::string script, std::string_view text = {}) {
    std::string file = folder_ / "said";
    std::array<std::string, 5> words{"--through", "/bin/sh", "-c", std::move(script), "sh"};
    // With the null pointer that ends main's.
    std::array<char*, 7> arguments{words[0].data(), words[1].data(), words[2].data(),
                                   words[3].data(), words[4].data(), file.data()};
    {
      const auto destination = Destination::open(std::span(arguments).first(6));
      if (!destination) return describe(destination.error());
      destination->write(text);
    }
    std::ostringstream said;
    said << std::ifstream(file).rdbuf();
    return said.str();
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(ThroughTest, GivesTheProgramWhatIsWritten) {
  EXPECT_EQ(said_by(R"(cat > "$1")", "one\ntwo\n"), "one\ntwo\n");
}

// httpd's prefork signals its whole group at a restart, a terminal at Ctrl-C.
TEST_F(ThroughTest, KeepsTheProgramOutOfTheGroupThatHttpdSignals) {
  const std::string group = said_by(R"(cut -d ' ' -f 5 "/proc/$$/stat" > "$1")");
  EXPECT_NE(group, "");
  EXPECT_NE(group, std::to_string(::getpgrp()) + "\n");
}

TEST_F(ThroughTest, GivesTheProgramTheUsualSigpipe) {
  const std::string ignored = said_by(R"(sed -n 's/^SigIgn:.//p' /proc/self/status > "$1")");
  ASSERT_NE(ignored, "");
  EXPECT_EQ(std::stoull(ignored, nullptr, 16) >> (SIGPIPE - 1U) & 1U, 0U) << ignored;
}

}  // namespace
}  // namespace warp
