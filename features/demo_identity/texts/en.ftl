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
demo-identity-phone-title = The phones of the demonstration
demo-identity-phone-lead = This page stands for the phone of each fictional professional: requests to sign in arrive here.
demo-identity-phone-none = No request
demo-identity-phone-none-text = First ask to confirm on a phone, from the sign-in page of professionals.
demo-identity-phone-again = Look again
demo-identity-phone-asks = “{ $service }” asks whether it is you.
demo-identity-phone-code = Is this code also on the screen in front of you?
demo-identity-phone-yes = Yes, it is me
demo-identity-phone-no = No
demo-identity-phone-gone = This request waits for no answer any more. Start again from the sign-in page.
