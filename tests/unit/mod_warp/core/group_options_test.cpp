#include "mod_warp/core/group_options.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;

std::string complaint_about(std::string_view word) {
  GroupOptions options;
  const auto set = set_group_option(options, word);
  return set ? "" : set.error().detail;
}

TEST(GroupOptions, ReadsEveryKindOfValue) {
  GroupOptions options;
  for (const char* const word : {"processes=4", "threads=1024", "umask=077", "user=alice",
                                 "python-path=/a::/b", "request-timeout=7", "display-name=a=b"})
    ASSERT_TRUE(set_group_option(options, word)) << word;
  EXPECT_THAT(options.config.processes, 4U);
  EXPECT_THAT(options.config.threads, 1024U);
  EXPECT_THAT(options.config.umask, 077U);
  EXPECT_THAT(options.user, Optional(std::string("alice")));
  EXPECT_THAT(options.config.python_path, ElementsAre("/a", "/b"));
  EXPECT_THAT(options.config.request_timeout, seconds(7));
  EXPECT_THAT(options.config.display_name, "a=b");
}

TEST(GroupOptions, SaysWhatANumberMayBe) {
  EXPECT_EQ(complaint_about("threads=4x"), "threads=4x is not a number from 1 to 1024");
  EXPECT_EQ(complaint_about("threads=0"), "threads=0 is not a number from 1 to 1024");
  EXPECT_EQ(complaint_about("processes=257"), "processes=257 is not a number from 1 to 256");
  EXPECT_EQ(complaint_about("processes=-1"), "processes=-1 is not a number from 1 to 256");
  EXPECT_EQ(complaint_about("request-timeout=1s"),
            "request-timeout=1s is not a number of seconds from 1 to 604800");
}

TEST(GroupOptions, ReadTheLimitsOfAWorker) {
  GroupOptions options;
  for (const char* const word : {"interrupt-timeout=0", "deadlock-timeout=60", "slow-request=1.5",
                                 "maximum-requests=1000", "cpu-priority=-20", "stack-size=524288",
                                 "virtual-memory-limit=4294967296", "switch-interval=0.001"})
    ASSERT_TRUE(set_group_option(options, word)) << word;
  const wire::GroupConfig config = config_of(options);
  EXPECT_EQ(config.interrupt_timeout.count(), 0);
  EXPECT_EQ(config.deadlock_timeout, seconds(60));
  EXPECT_EQ(config.slow_request, std::chrono::milliseconds(1500));
  EXPECT_EQ(config.maximum_requests, 1000U);
  EXPECT_EQ(config.cpu_priority, -20);
  EXPECT_EQ(config.stack_size, 524'288U);
  EXPECT_EQ(config.virtual_memory_limit, 4'294'967'296U);
  EXPECT_EQ(config.switch_interval, std::chrono::milliseconds(1));
}

TEST(GroupOptions, SayWhatALimitOfAWorkerMayBe) {
  EXPECT_EQ(complaint_about("interrupt-timeout=-1"),
            "interrupt-timeout=-1 is not a number of seconds from 0 to 604800");
  EXPECT_EQ(complaint_about("cpu-priority=-21"), "cpu-priority=-21 is not a number from -20 to 19");
  EXPECT_EQ(complaint_about("stack-size=64k"),
            "stack-size=64k is not a number from 131072 to 1073741824");
  for (const char* const word : {"switch-interval=0", "switch-interval=11", "switch-interval=5ms"})
    EXPECT_THAT(complaint_about(word), HasSubstr("is not a number of seconds from 0.000001 to 10"));
}

TEST(GroupOptions, ReadTheLimitsThatTheKernelKeeps) {
  GroupOptions options;
  for (const char* const word : {"open-files-limit=512", "core-size-limit=0", "data-size-limit=1G"})
    ASSERT_TRUE(set_group_option(options, word)) << word;
  const wire::GroupConfig config = config_of(options);
  EXPECT_EQ(config.open_files_limit, 512U);
  EXPECT_EQ(config.core_size_limit, 0U);
  EXPECT_EQ(config.data_size_limit, std::uint64_t{1} << 30U);
  EXPECT_EQ(config_of({}).core_size_limit, std::nullopt);
}

TEST(GroupOptions, TakeGracefulTimeoutForAReplacedWorkerUnlessToldOtherwise) {
  GroupOptions options;
  ASSERT_TRUE(set_group_option(options, "graceful-timeout=7"));
  EXPECT_EQ(config_of(options).eviction_timeout, seconds(7));
  ASSERT_TRUE(set_group_option(options, "eviction-timeout=3600"));
  EXPECT_EQ(config_of(options).eviction_timeout, seconds(3600));
  ASSERT_TRUE(set_group_option(options, "eviction-timeout=0"));
  EXPECT_EQ(config_of(options).eviction_timeout, seconds(7));
}

TEST(GroupOptions, ListSupplementaryGroups) {
  GroupOptions options;
  ASSERT_TRUE(set_group_option(options, "supplementary-groups=adm,#77"));
  EXPECT_THAT(options.supplementary_groups, Optional(ElementsAre("adm", "#77")));
  EXPECT_EQ(complaint_about("supplementary-groups=,"), "supplementary-groups=, names no group");
}

TEST(GroupOptions, SaysWhatAUmaskMayBe) {
  for (const char* const word : {"umask=", "umask=8", "umask=1000", "umask=77777777777777"})
    EXPECT_THAT(complaint_about(word), HasSubstr("is not an octal number from 0 to 0777"));
}

TEST(GroupOptions, ListsTheOptionsForAnUnknownOne) {
  EXPECT_THAT(complaint_about("thread=4"),
              HasSubstr("there is no option 'thread'; there are: processes threads user"));
}

TEST(GroupOptions, RefusesAWordThatIsNoOption) {
  EXPECT_EQ(complaint_about("threads"), "'threads' is not of the form option=value");
}

TEST(GroupOptions, RefusesAnEmptyText) {
  EXPECT_EQ(complaint_about("user="), "user= has no value");
  EXPECT_EQ(complaint_about("python-path=:"), "python-path=: names no directory");
}

TEST(GroupOptions, TakeAbsoluteRootsForSendfile) {
  GroupOptions options;
  ASSERT_TRUE(set_group_option(options, "sendfile-path=/srv/a:/srv/b"));
  const wire::GroupConfig config = config_of(options);
  EXPECT_THAT(config.sendfile_paths, ElementsAre("/srv/a", "/srv/b"));
  for (const char* const word :
       {"sendfile-path=", "sendfile-path=a", "sendfile-path=/a:b", "sendfile-path=/a:"})
    EXPECT_THAT(complaint_about(word), HasSubstr("is not a list of absolute paths")) << word;
}

TEST(GroupOptions, BoundHeadsAndBuffers) {
  GroupOptions options;
  for (const char* const word : {"request-head-size=8192", "response-head-size=4096",
                                 "preload-size=0", "response-window=65536"})
    ASSERT_TRUE(set_group_option(options, word)) << word;
  const Limits& limits = options.limits;
  EXPECT_EQ(limits.request_head, 8192U);
  EXPECT_EQ(limits.response_head, 4096U);
  EXPECT_EQ(limits.preload, 0U);
  EXPECT_EQ(limits.response_window, 65536U);
  EXPECT_EQ(GroupOptions().limits.request_head, wire::kMaxRequestHead);
  EXPECT_EQ(complaint_about("request-head-size=1"),
            "request-head-size=1 is not a number from 8192 to 1048576");
}

TEST(GroupOptions, RuleTheQueue) {
  GroupOptions options;
  EXPECT_EQ(options.queue.queue_timeout, seconds(45));
  EXPECT_EQ(options.queue.queue_limit, 100U);
  for (const char* const word :
       {"queue-timeout=7", "queue-limit=0", "retry-non-idempotent=On", "connect-timeout=3"})
    ASSERT_TRUE(set_group_option(options, word)) << word;
  const QueueRules& rules = options.queue;
  EXPECT_EQ(rules.queue_timeout, seconds(7));
  EXPECT_EQ(rules.connect_timeout, seconds(3));
  EXPECT_EQ(rules.queue_limit, 0U);
  EXPECT_TRUE(rules.retry_non_idempotent);
  EXPECT_EQ(complaint_about("reload-on-changes=1"), "reload-on-changes=1 is neither on nor off");
  EXPECT_EQ(complaint_about("retry-non-idempotent=1"),
            "retry-non-idempotent=1 is neither on nor off");
}

TEST(GroupOptions, ExplainErrorsOnlyWhenToldTo) {
  GroupOptions options;
  EXPECT_FALSE(options.config.explains_errors);
  ASSERT_TRUE(set_group_option(options, "error-page=development"));
  EXPECT_TRUE(options.config.explains_errors);
  ASSERT_TRUE(set_group_option(options, "error-page=Production"));
  EXPECT_FALSE(options.config.explains_errors);
  EXPECT_EQ(complaint_about("error-page=on"),
            "error-page=on is neither production nor development");
}

TEST(GroupOptions, ChangeOnlyWhatIsWritten) {
  GroupOptions options;
  ASSERT_TRUE(set_group_option(options, "threads=3"));
  const wire::GroupConfig config = config_of(options);
  EXPECT_EQ(config.threads, 3U);
  EXPECT_EQ(config.processes, wire::GroupConfig().processes);
}

TEST(GroupOptions, PreloadWithMoreThanOneProcessUnlessToldOtherwise) {
  GroupOptions options;
  EXPECT_FALSE(config_of(options).preload);
  ASSERT_TRUE(set_group_option(options, "processes=2"));
  EXPECT_TRUE(config_of(options).preload);
  ASSERT_TRUE(set_group_option(options, "preload=off"));
  EXPECT_FALSE(config_of(options).preload);
}

TEST(GroupName, IsShortAndPlain) {
  EXPECT_TRUE(check_group_name("my-site_1.org"));
  EXPECT_FALSE(check_group_name(""));
  EXPECT_FALSE(check_group_name("a b"));
  EXPECT_FALSE(check_group_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace warp::core
