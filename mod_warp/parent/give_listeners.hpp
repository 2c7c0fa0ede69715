// httpd's listening sockets for the launcher, if that has started httpd: it lets their backlogs be
// emptied before httpd stops, which httpd itself does not.
#pragma once

namespace warp {

// At each start and restart, in httpd's parent. Without a launcher, or when it does not take them,
// nothing happens.
void give_listeners_to_launcher();

}  // namespace warp
