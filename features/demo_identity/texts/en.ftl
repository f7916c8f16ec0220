demo-identity-title = Demonstration identity
demo-identity-lead = Choose who you are. No password is asked.
demo-identity-fictional-title = All these people are fictional
demo-identity-fictional = For the demonstration, this page stands in for the official identity service. Enter nothing personal here.
demo-identity-places = { $count ->
    [one] { $count } place of practice
   *[other] { $count } places of practice
 }
demo-identity-choose = Continue
demo-identity-as = as { $name }
demo-identity-refuse = Go back without signing in
demo-identity-bad-client = The demonstration identity does not know the service that sent you here.
demo-identity-bad-request = The request is incomplete. Go back to the service and start again.
demo-identity-out-title = You are signed out
demo-identity-out = The demonstration identity keeps no session.
demo-identity-out-home = Back to the home page
