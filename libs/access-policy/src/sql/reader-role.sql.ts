import { READER } from './names.ts';

/**
 * Makes the reader role if the cluster lacks it, and lets the current user become it. Runs again, or twice at a time,
 * without harm. Ends with an error if the role could pass by row-level security, or can't be become: better no reads
 * than open ones.
 */
export const READER_ROLE = `
do $role$
begin
  begin
    -- Who may make no roles may use one that was made for it.
    if not exists (select from pg_catalog.pg_roles where rolname = '${READER}') then
      create role ${READER} nologin noinherit;
    end if;
  exception when duplicate_object or unique_violation then
    null; -- another database of this cluster made it
  end;
  if (select rolsuper or rolbypassrls or rolcanlogin from pg_catalog.pg_roles where rolname = '${READER}') then
    raise exception 'The role ${READER} must not be able to log in or to bypass row-level security';
  end if;
  begin
    grant ${READER} to current_user;
  exception
    when unique_violation then
      null; -- somebody granted the same at the same time
    when insufficient_privilege then
      if not pg_has_role(current_user, '${READER}', 'member') then
        raise exception 'Somebody else made the role ${READER}: let them grant it to %', current_user;
      end if;
  end;
end
$role$;
`;
