// What is found in real layouts of projects: tests/projects/NAME has the tree, what is detected
// (expected.txt) and the configuration that is made of it (httpd.conf). UPDATE_GOLDEN=1 in the
// environment writes the two anew; read the difference before it is committed.
#include <gmock/gmock.h>

#include <cstdlib>

#include "base/strings.hpp"
#include "launcher/detect/detect_project.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/make_plan.hpp"
#include "launcher/plan/static_files.hpp"
#include "launcher/render/httpd_conf.hpp"
#include "launcher/settings/detected.hpp"
#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/plain_plan.hpp"

namespace warp {
namespace {

constexpr auto kTrees = WARP_SOURCE_DIR "/tests/projects/";

std::string kind_of(const Application& application) {
  switch (application.kind) {
    case ApplicationKind::kWsgi:
      return application.is_script ? "script" : "module";
    case ApplicationKind::kShellScript:
      return "shell script";
    case ApplicationKind::kPythonScript:
      return "Python script";
    case ApplicationKind::kPaste:
      return "Paste file";
  }
  return {};
}

std::string text_of(const Project& project, const std::vector<StaticFiles>& static_files) {
  const Application& application = project.application;
  std::string text = kind_of(application) + ": " + application.target;
  if (!application.callable.empty()) text += ":" + application.callable;
  text += " (" + application.origin + ")\nproject: " + project.directory + "\n";
  text += "starts in: " + working_directory_of(project) + "\n";
  for (const std::string& path : project.import_path) text += "imports from: " + path + "\n";
  if (project.django) text += "Django settings: " + project.django->settings_module + "\n";
  for (const DetectedValue& value : project.values)
    text += value.option + ": " + value.value + " (" + value.where + ")\n";
  for (const StaticFiles& files : static_files) text += files.url + " -> " + files.path + "\n";
  for (const Evidence& each : project.evidence)
    text += "because: " + each.where + ": " + each.what + "\n";
  return text;
}

// Of what Python says, the last line: the frames before it are another Python's in another release.
std::string without_frames(const std::string& text) {
  constexpr std::string_view kBegin = "Python says:\n";
  const auto begin = text.find(kBegin);
  if (begin == std::string::npos) return text;
  return text.substr(0, begin + kBegin.size()) + last_lines(text, 1);
}

class Projects : public testing::TestWithParam<std::string> {
 protected:
  Projects() {
    namespace fs = std::filesystem;
    fs::copy(expected("tree"), place_ / "site", fs::copy_options::recursive);
    place_.make_folder("root/static");
    place_.write_program("libexec/warp-supervisor");
    place_.write_program("libexec/warp-worker-3.11");
    ::chmod(place_.path().c_str(), 0755);
    host_.variables = {{"PATH", "/usr/bin:/bin"}, {"PORT", "8000"}};
    host_.on_run = [](const Command& command) { return run_to_end(command); };
    settings_ = plain_plan().settings;
    settings_.project_directory = place_ / "site";
  }

  static std::string expected(const std::string& file) { return kTrees + GetParam() + "/" + file; }

  void find() {
    auto project = detect_project(settings_, host_, place_ / "libexec");
    if (!project) {
      text_ = error_id(project.error().code) + ": " + without_frames(project.error().detail) + "\n";
    } else {
      plan_for(*std::move(project));
      text_ = text_of(plan_.project, plan_.static_files);
    }
    for (const std::string& warning : host_.warnings) text_ += "warning: " + warning + "\n";
  }

  void plan_for(Project project) {
    plan_ = plain_plan();
    std::vector<DetectedOption> detected;
    for (const DetectedValue& value : project.values)
      detected.push_back({value.option, value.value, value.where});
    const auto settings = with_detected(settings_, detected);
    ASSERT_TRUE(settings) << settings.error().detail;
    plan_.settings = *settings;
    plan_.project = std::move(project);
    plan_.sizes = plan_sizes(plan_.settings, Mpm::kEvent);
    plan_.server_root = place_ / "root";
    plan_.installation.libexec_directory = place_ / "libexec";
    plan_.installation.module = place_ / "mod_warp.so";
    plan_.logs.error_log = place_ / "root/error_log";
    plan_.static_files =
        plan_static_files(plan_.settings, plan_.project, place_ / "root", host_).files;
    is_served_ = check_is_served(plan_.project.application).has_value();
  }

  void compare(std::string text, const std::string& file) const {
    replace_all(text, place_.path(), "/place");
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_atomically(expected(file), text, 0644));
    }
    const auto golden = read_text(expected(file));
    ASSERT_TRUE(golden) << golden.error().detail;
    EXPECT_EQ(text, *golden);
  }

  void compare_configuration() const {
    if (!is_served_) {
      EXPECT_FALSE(is_file(expected("httpd.conf")));
      return;
    }
    const auto conf = render_httpd_conf(finished(plan_));
    ASSERT_TRUE(conf) << conf.error().detail;
    compare(*conf, "httpd.conf");
#ifdef WARP_TEST_MODULE
    std::filesystem::copy(WARP_TEST_MODULE, place_ / "mod_warp.so");
    expect_to_please_httpd(place_ / "root", place_.write("root/httpd.conf", *conf),
                           StartedBy::kAnybody);
#endif
  }

  TemporaryDirectory place_;
  FakeHost host_;
  Settings settings_;
  Plan plan_;
  bool is_served_ = false;
  std::string text_;
};

TEST_P(Projects, AreKnownAndServed) {
  find();
  compare(text_, "expected.txt");
  compare_configuration();
}

INSTANTIATE_TEST_SUITE_P(Tree, Projects, testing::ValuesIn(names_in_directory(kTrees)),
                         [](const auto& chosen) {
                           std::string name = chosen.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace warp
