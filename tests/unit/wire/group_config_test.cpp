#include "wire/group_config.hpp"

#include <gmock/gmock.h>

namespace warp::wire {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(GroupConfig, GivesBackWhatWasEncoded) {
  GroupConfig config;
  config.name = "site";
  config.processes = 3;
  config.python_path = {"/srv/a", "/srv/b"};
  config.target_kind = TargetKind::kModule;
  config.target = "mysite.wsgi";
  config.import_scripts = {"/srv/warm_up.py"};
  config.script_reloading = false;
  config.reload_on_changes = true;
  config.explains_errors = true;
  config.sendfile_paths = {"/srv/files", "/srv/more"};
  config.restrict_stdin = false;
  config.restrict_stdout = true;
  config.restrict_signal = false;
  config.request_timeout = std::chrono::milliseconds(1500);
  config.interrupt_timeout = std::chrono::milliseconds(2000);
  config.deadlock_timeout = std::chrono::milliseconds(0);
  config.slow_request = std::chrono::milliseconds(1500);
  config.virtual_memory_limit = std::uint64_t{1} << 40U;
  config.cpu_priority = -7;
  config.core_size_limit = 0;
  config.open_files_limit = 512;
  config.data_size_limit = 1;
  config.eviction_timeout = std::chrono::hours(1);
  config.switch_interval = std::chrono::microseconds(700);
  config.maximum_requests = 500;
  const auto decoded = decode_group_config(encode_group_config(config));
  ASSERT_TRUE(decoded) << decoded.error().detail;
  EXPECT_EQ(decoded->name, "site");
  EXPECT_EQ(decoded->processes, 3U);
  EXPECT_THAT(decoded->python_path, ElementsAre("/srv/a", "/srv/b"));
  EXPECT_EQ(decoded->target_kind, TargetKind::kModule);
  EXPECT_THAT(decoded->import_scripts, ElementsAre("/srv/warm_up.py"));
  EXPECT_FALSE(decoded->script_reloading);
  EXPECT_TRUE(decoded->reload_on_changes);
  EXPECT_TRUE(decoded->explains_errors);
  EXPECT_THAT(decoded->sendfile_paths, ElementsAre("/srv/files", "/srv/more"));
  EXPECT_FALSE(decoded->restrict_stdin);
  EXPECT_TRUE(decoded->restrict_stdout);
  EXPECT_FALSE(decoded->restrict_signal);
  EXPECT_EQ(decoded->request_timeout, std::chrono::milliseconds(1500));
  EXPECT_EQ(decoded->interrupt_timeout, std::chrono::milliseconds(2000));
  EXPECT_EQ(decoded->deadlock_timeout, std::chrono::milliseconds(0));
  EXPECT_EQ(decoded->slow_request, std::chrono::milliseconds(1500));
  EXPECT_EQ(decoded->virtual_memory_limit, std::uint64_t{1} << 40U);
  EXPECT_EQ(decoded->cpu_priority, -7);
  EXPECT_EQ(decoded->core_size_limit, 0U);
  EXPECT_EQ(decoded->open_files_limit, 512U);
  EXPECT_EQ(decoded->data_size_limit, 1U);
  EXPECT_EQ(decoded->eviction_timeout, std::chrono::hours(1));
  EXPECT_EQ(decode_group_config(encode_group_config({}))->core_size_limit, std::nullopt);
  EXPECT_EQ(decoded->switch_interval, std::chrono::microseconds(700));
  EXPECT_EQ(decoded->maximum_requests, 500U);
  EXPECT_EQ(decoded->umask, 0022U);
}

TEST(GroupConfig, RejectsEveryTruncation) {
  const std::string bytes = encode_group_config({});
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_group_config(std::string_view(bytes).substr(0, size))) << size;
}

TEST(GroupConfig, RejectsUnknownKey) {
  EXPECT_THAT(
      decode_group_config(replaced(encode_group_config({}), "threads", "treads")).error().detail,
      HasSubstr("key 'treads' in place of threads"));
}

TEST(GroupConfig, RejectsNumbersOutOfRange) {
  GroupConfig config;
  config.processes = 0;
  EXPECT_FALSE(decode_group_config(encode_group_config(config)));
  config.processes = 1;
  config.threads = kMaxThreads + 1;
  EXPECT_FALSE(decode_group_config(encode_group_config(config)));
}

TEST(GroupConfig, RejectsTextInPlaceOfNumbers) {
  const std::string bytes = encode_group_config({});
  EXPECT_FALSE(decode_group_config(replaced(bytes, "60000", "6000x")));
  EXPECT_FALSE(decode_group_config(replaced(bytes, "script", "scropt")));
}

TEST(GroupConfig, RejectsTextInPlaceOfSwitches) {
  const std::string key = std::string("restrict-signal") + '\0';
  EXPECT_THAT(
      decode_group_config(replaced(encode_group_config({}), key + "on", key + "On")).error().detail,
      HasSubstr("'On' is neither on nor off"));
}

}  // namespace
}  // namespace warp::wire
