# The shell
shell-skip = Skip to content
shell-demo = Demonstration: everything here is fictional.
shell-demo-people = People
shell-acting-change = Change space
shell-home = Carnet, home
shell-nav = Main menu
shell-profile = Menu of
shell-sign-out = Sign out
shell-notices = { $count ->
    [0] Notices
    [one] Notices: { $count } unread
   *[other] Notices: { $count } unread
 }
shell-notices-more = Notices: at least { $count } unread
shell-waiting = { $count ->
    [one] new
   *[other] new
 }
shell-not-official = Carnet is free software. It is not the official service Mon espace santé.
shell-legal = Legal notice
shell-privacy = Personal data
shell-terms = Terms of use
shell-accessibility = Accessibility
shell-help = Help
shell-idle-title = Are you still there?
shell-idle-text = If you do nothing, you will be signed out in two minutes to protect your information.
shell-idle-stay = Stay signed in

# Forms
form-errors = { $count ->
    [one] One field needs a correction
   *[other] { $count } fields need a correction
 }
form-optional = (optional)
form-show = Show
form-hide = Hide
form-cancel = Cancel

# Components
ui-breadcrumb = Breadcrumb
ui-pagination = Pages of the list
ui-previous = Previous
ui-next = Next
ui-steps = Steps
ui-step-of = Step { $step } of { $count }
ui-step-done = (done)

# What goes wrong
problem-bad-request-title = Incomplete request
problem-bad-request-text = We did not understand what was sent. Go back and try again.
problem-forbidden-title = Access denied
problem-forbidden-text = You are not allowed to do this.
problem-not-found-title = Page not found
problem-not-found-text = This page does not exist, or you have no access to it. Check the address, or start again from the home page.
problem-gone-title = This item was deleted
problem-gone-text = What you are looking for existed, but was deleted. It can no longer be shown.
problem-too-large-title = Too much was sent
problem-too-large-text = The file or form is larger than allowed. Nothing was saved.
problem-too-many-title = Too many attempts
problem-too-many-text = { $minutes ->
    [one] For your security, wait a minute before trying again.
   *[other] For your security, wait { $minutes } minutes before trying again.
 }
problem-expired-title = This page has expired
problem-expired-text = It stayed open too long, or you signed in again in the meantime. Nothing was saved: please start again.
problem-full-title = No room left to save
problem-full-text = The server has no room left: nothing of what you just sent was saved, and nothing saved before is lost. Keep your file, go back to the page before (what you wrote is still there) and try again later. The team has been told.
problem-internal-title = Something went wrong
problem-internal-text = The fault is ours, and the team has been told. Try again in a few minutes.
problem-incident = If it happens again, give this number to the help desk:
problem-home = Back to the home page
problem-help = Get help
