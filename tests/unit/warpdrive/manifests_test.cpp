// Manifests as text, case by case. UPDATE_GOLDEN=1 in the environment writes the files anew; read
// the difference before it is committed. tests/integration/test_manifests.py gives them to a
// schema.
#include <gmock/gmock.h>

#include <cstdlib>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"
#include "launcher/manifests/manifest_values.hpp"
#include "launcher/manifests/render_manifests.hpp"
#include "launcher/plan/process_count.hpp"

namespace warp {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr auto kTemplates = WARP_SOURCE_DIR "/conf-templates";

ManifestRequest plain_request() {
  ManifestRequest request{.name = "shop",
                          .image = "registry.example:5000/team/shop:1",
                          .builder = "warpdrive-builder",
                          .port = 8080};
  Settings& settings = request.settings;
  settings.startup_timeout = seconds(15);
  settings.graceful_timeout = seconds(15);
  settings.shutdown_timeout = seconds(5);
  settings.request_timeout = seconds(60);
  settings.queue_timeout = seconds(45);
  settings.connect_timeout = seconds(15);
  settings.limit_request_body = 10485760;
  return request;
}

ManifestRequest django_request() {
  ManifestRequest request = plain_request();
  request.migrates = true;
  request.host = "shop.example.org";
  return request;
}

ManifestRequest openshift_request() {
  ManifestRequest request = django_request();
  request.platform = Platform::kOpenShift;
  request.is_built = true;
  request.image = "shop:latest";
  request.source = "https://git.example/team/shop.git";
  return request;
}

ManifestRequest sent_request() {
  ManifestRequest request = openshift_request();
  request.source.clear();
  request.builder = "registry.example/warpdrive-builder:1";
  request.host.clear();
  request.migrates = false;
  request.settings.processes = 1;
  request.settings.memory_hard_limit = std::uint64_t{1} << 30U;
  request.settings.shutdown_delay = seconds(0);
  request.settings.management_port = 9999;
  request.settings.startup_timeout = seconds(900);
  return request;
}

ManifestRequest gunicorn_request() {
  ManifestRequest request = plain_request();
  request.served_by = ServedBy::kOther;
  return request;
}

std::string rendered(const ManifestRequest& request) {
  const auto manifests = render_manifests(request, kTemplates);
  EXPECT_TRUE(manifests) << manifests.error().detail;
  std::string text;
  if (!manifests) return text;
  for (const Manifest& manifest : *manifests)
    text += "---\n# " + manifest.file + "\n" + manifest.text;
  return text;
}

std::vector<std::string> files_of(const ManifestRequest& request) {
  std::vector<std::string> files;
  const auto manifests = render_manifests(request, kTemplates);
  EXPECT_TRUE(manifests);
  if (manifests)
    for (const Manifest& manifest : *manifests) files.push_back(manifest.file);
  return files;
}

std::uint64_t number(const ManifestRequest& request, const std::string& name) {
  return parse_unsigned(std::get<std::string>(manifest_values(request).named.at(name))).value();
}

std::string text(const ManifestRequest& request, const std::string& name) {
  return std::get<std::string>(manifest_values(request).named.at(name));
}

struct Case {
  const char* name;
  ManifestRequest (*make)();
};

class GoldenManifests : public testing::TestWithParam<Case> {};

TEST_P(GoldenManifests, AreAsReviewed) {
  const std::string path =
      WARP_SOURCE_DIR "/tests/golden/manifests/" + std::string(GetParam().name) + ".yaml";
  const std::string made = rendered(GetParam().make());
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_atomically(path, made, 0644));
  }
  const auto golden = read_text(path);
  ASSERT_TRUE(golden) << golden.error().detail;
  EXPECT_EQ(made, *golden);
  EXPECT_EQ(made, rendered(GetParam().make()));
}

INSTANTIATE_TEST_SUITE_P(Case, GoldenManifests,
                         testing::Values(Case{"kubernetes", plain_request},
                                         Case{"django", django_request},
                                         Case{"openshift", openshift_request},
                                         Case{"openshift_sent", sent_request},
                                         Case{"gunicorn", gunicorn_request}),
                         [](const auto& chosen) { return std::string(chosen.param.name); });

// The template for OpenShift has the same objects, with parameters for the names.
std::string objects_of_template() {
  ManifestRequest request = openshift_request();
  request.name = "${NAME}";
  request.image = "${NAME}:latest";
  request.source = "${SOURCE}";
  request.host = "${HOST}";
  request.migrates = false;
  const auto manifests = render_manifests(request, kTemplates);
  EXPECT_TRUE(manifests);
  std::string list;
  for (const Manifest& manifest : manifests.value_or(std::vector<Manifest>())) {
    bool is_first = true;
    for (const std::string_view line : split(manifest.text, '\n')) {
      if (line.empty() || line.starts_with("#")) continue;
      list.append(is_first ? "  - " : "    ").append(line).append("\n");
      is_first = false;
    }
  }
  return list;
}

TEST(GoldenTemplate, HasTheObjectsThatAreWrittenForAProject) {
  const std::string path = WARP_SOURCE_DIR "/docker/openshift/site.yaml";
  constexpr std::string_view kObjects = "\nobjects:\n";
  auto file = read_text(path);
  ASSERT_TRUE(file) << file.error().detail;
  const std::size_t end_of_head = file->find(kObjects);
  ASSERT_NE(end_of_head, std::string::npos);
  const std::string wanted = file->substr(0, end_of_head + kObjects.size()) + objects_of_template();
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_atomically(path, wanted, 0644));
    file = wanted;
  }
  EXPECT_EQ(*file, wanted);
}

TEST(Manifests, AreTheObjectsOfThePlatform) {
  EXPECT_THAT(files_of(plain_request()),
              ElementsAre("deployment.yaml", "service.yaml", "ingress.yaml", "autoscaler.yaml",
                          "disruption-budget.yaml"));
  EXPECT_THAT(
      files_of(openshift_request()),
      ElementsAre("image-stream.yaml", "build-config.yaml", "jobs/migrate.yaml", "deployment.yaml",
                  "service.yaml", "route.yaml", "autoscaler.yaml", "disruption-budget.yaml"));
}

TEST(Manifests, LetAStopTakeAsLongAsTheServerMay) {
  ManifestRequest request = plain_request();
  EXPECT_GT(number(request, "grace_seconds"), 5 + 15 + 5);
  request.settings.shutdown_delay = seconds(30);
  request.settings.graceful_timeout = seconds(600);
  EXPECT_GT(number(request, "grace_seconds"), 30 + 600 + 5);
  // httpd and what it leaves, then the services.
  request.settings.shutdown_timeout = seconds(100);
  request.settings.service_scripts = {{"queue", "queue.py"}};
  EXPECT_GT(number(request, "grace_seconds"), 30 + 600 + 100 + 4 + 100 + 2);
}

TEST(Manifests, LetAStartTakeAsLongAsTheServerMay) {
  ManifestRequest request = plain_request();
  request.settings.startup_timeout = seconds(901);
  EXPECT_GT(2 * number(request, "startup_failures"), 901);
  EXPECT_GT(number(request, "progress_seconds"), 2 * number(request, "startup_failures"));
}

TEST(Manifests, LetProxiesWaitLongerThanTheServer) {
  EXPECT_GT(number(plain_request(), "answer_seconds"), 45 + 60);
}

TEST(Manifests, HaveRoomForTheProcessesThatTheServerCounts) {
  const ManifestRequest request = plain_request();
  const std::string memory = text(request, "memory");
  ASSERT_TRUE(memory.ends_with("Mi"));
  const Granted granted{.cpus = static_cast<double>(number(request, "cpu_limit")),
                        .memory = parse_unsigned(memory.substr(0, memory.size() - 2)).value()
                                  << 20U};
  EXPECT_EQ(count_processes(granted).processes, 2);
}

TEST(Manifests, HaveRoomForTheProcessesThatAreAskedFor) {
  ManifestRequest request = plain_request();
  request.settings.processes = 6;
  EXPECT_EQ(text(request, "cpu_limit"), "6");
  EXPECT_EQ(text(request, "memory"), "1600Mi");
  request.settings.memory_limit = std::uint64_t{512} << 20U;
  EXPECT_EQ(text(request, "memory"), "3136Mi");
  request.settings.service_scripts = {{"queue", "queue.py"}, {"mail", "mail.py"}};
  EXPECT_EQ(text(request, "memory"), "3648Mi");
}

TEST(Manifests, TellABuilderOfTheClustersFromOneElsewhere) {
  ManifestRequest request = openshift_request();
  EXPECT_EQ(text(request, "builder"), "warpdrive-builder:latest");
  EXPECT_EQ(text(request, "builder_kind"), "ImageStreamTag");
  request.builder = "warpdrive-builder:2";
  EXPECT_EQ(text(request, "builder"), "warpdrive-builder:2");
  request.builder = "registry.example/builder";
  EXPECT_EQ(text(request, "builder"), "registry.example/builder");
  EXPECT_EQ(text(request, "builder_kind"), "DockerImage");
}

TEST(Manifests, CarryAnythingAsAText) {
  ManifestRequest request = openshift_request();
  request.source = "\"\n  - evil: true # \\ {{name}} ${HOME} 'ä\x7f";
  EXPECT_THAT(rendered(request), HasSubstr("\n      uri: \"\\\"\\x0a  - evil: true # \\\\ {{name}} "
                                           "${HOME} '\\xe4\\x7f\"\n"));
}

TEST(Manifests, AreRefusedForTextThatIsNoUtf8) {
  ManifestRequest request = openshift_request();
  request.source = "\xff";
  const auto manifests = render_manifests(request, kTemplates);
  ASSERT_FALSE(manifests);
  EXPECT_EQ(manifests.error().code, Errc::kInvalidSetting);
}

TEST(Manifests, ProbeAnotherServerByItsPort) {
  const std::string made = rendered(gunicorn_request());
  EXPECT_THAT(made, Not(HasSubstr("MANAGEMENT")));
  EXPECT_THAT(made, HasSubstr("preStop"));
}

}  // namespace
}  // namespace warp
