#include "mod_warp/management/server_status.hpp"

#include <gmock/gmock.h>

#include "unit/mod_warp/management/group_fixture.hpp"

namespace warp::management {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string part(ServerStatusForm form) {
  const Group group;
  group.set_state(0, scoreboard::SlotState::kReady);
  group.tally.count(core::TallyEvent::kRetry);
  const GroupFigures figures = group.look();
  return server_status_part({&figures, 1}, form);
}

TEST(ServerStatus, IsLinesForPrograms) {
  EXPECT_EQ(part(ServerStatusForm::kLines),
            "WarpGroups: 1\n"
            "WarpGroup[0]Name: site\n"
            "WarpGroup[0]WorkersReady: 1\n"
            "WarpGroup[0]Threads: 2\n"
            "WarpGroup[0]ThreadsBusy: 0\n"
            "WarpGroup[0]QueueLength: 0\n"
            "WarpGroup[0]QueueLimit: 3\n"
            "WarpGroup[0]Requests: 0\n"
            "WarpGroup[0]Responses5xx: 0\n"
            "WarpGroup[0]Refused: 0\n"
            "WarpGroup[0]Timeouts: 0\n"
            "WarpGroup[0]Failed: 0\n"
            "WarpGroup[0]Retries: 1\n"
            "WarpGroup[0]ResponseBodyBytes: 0\n");
}

TEST(ServerStatus, IsATableForPeople) {
  EXPECT_THAT(part(ServerStatusForm::kTables), HasSubstr("<th>Workers ready</th>"));
  EXPECT_THAT(part(ServerStatusForm::kTables), HasSubstr("<tr><td>site</td><td>1</td><td>2</td>"));
}

TEST(ServerStatus, IsAListWhereTablesAreNotWanted) {
  EXPECT_THAT(part(ServerStatusForm::kNoTables), HasSubstr("<dt>Workers ready: 1</dt>"));
  EXPECT_THAT(part(ServerStatusForm::kNoTables), Not(HasSubstr("<table")));
}

TEST(ServerStatus, IsNothingToLookAtWithoutGroups) {
  EXPECT_EQ(server_status_part({}, ServerStatusForm::kTables), "");
  EXPECT_EQ(server_status_part({}, ServerStatusForm::kLines), "WarpGroups: 0\n");
}

}  // namespace
}  // namespace warp::management
