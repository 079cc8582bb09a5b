"""What people do in Teams: a press, a form or a typed line becomes one workflow call and a reply."""
